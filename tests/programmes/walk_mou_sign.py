"""The pages of signing an MOU: by link, and of staff."""

import re

from accounts.models import OutgoingMail
from programmes.actions.mou.sending import Reader
from tests.programmes.mou.agreeing import agreement
from tests.walk import Kind, Row, World, answers

PUBLIC = answers(200) | {Kind.ANONYMOUS: 200}
NOT_YET = answers(503) | {Kind.ANONYMOUS: 503}  # no worker has drawn it
GOES_ON = answers(302) | {Kind.ANONYMOUS: 302}


def furnish(world: World) -> None:
    """An MOU that is out to be signed, in a project of its own."""
    made = agreement(parties=2)
    made.send(readers=[Reader("Rita Reader", "rita@example.org")])
    world.extra.sign = _token("/mou/sign/")
    world.extra.read = _token("/mou/read/")


def _token(way: str) -> str:
    mail = OutgoingMail.objects.filter(text__contains=way).order_by("pk")[0]
    found = re.search(rf"{way}([\w-]+)/", mail.text)
    assert found
    return found[1]


def to_sign(world: World) -> dict[str, object]:
    return {"token": world.extra.sign}


def to_read(world: World) -> dict[str, object]:
    return {"token": world.extra.read}


ROWS = [
    Row("programmes:mou_sign", to_sign, get=PUBLIC),
    Row("programmes:mou_sign_pdf", to_sign, get=NOT_YET),
    Row("programmes:mou_agree", to_sign, get=PUBLIC, post=PUBLIC),
    Row("programmes:mou_decline", to_sign, get=PUBLIC, post=PUBLIC),
    Row("programmes:mou_sign_hand_over", to_sign, get=PUBLIC, post=PUBLIC),
    Row("programmes:mou_ask_for_paper", to_sign, get=PUBLIC, post=GOES_ON),
    Row("programmes:mou_read", to_read, get=PUBLIC),
    Row("programmes:mou_read_pdf", to_read, get=NOT_YET),
]
