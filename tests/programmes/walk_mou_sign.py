"""The pages of signing an MOU: by link, and of staff."""

import re
from collections.abc import Iterable

from accounts.models import OutgoingMail
from programmes.actions.mou.asking import Asked, Reader
from programmes.actions.mou.paper import record_paper
from programmes.actions.mou.signing import open_link
from programmes.models import Authority, SigningRule
from tests import builders
from tests.programmes.mou.agreeing import Agreement, agreement
from tests.programmes.mou.in_world import drafted
from tests.programmes.mou.scans import scanned
from tests.walk import Kind, Row, World, answers

PUBLIC = answers(200) | {Kind.ANONYMOUS: 200}
NOT_YET = answers(503) | {Kind.ANONYMOUS: 503}  # no worker has drawn it
GOES_ON = answers(302) | {Kind.ANONYMOUS: 302}


def furnish(world: World) -> None:
    """A draft to send; and an MOU that is out to be signed, in another project of the place."""
    drafted(world)
    another = builders.project(
        world.programme,
        place=world.place,
        slug="signs",
        cohort=builders.cohort(world.programme, 11),
    )
    made = agreement(of=another)
    world.extra.signing = made
    sent_before = OutgoingMail.objects.count()
    _send(world, made)
    mails = OutgoingMail.objects.order_by("pk")[sent_before:]
    world.extra.asked, _, world.extra.sign = _tokens(mails, "/mou/sign/")[:3]
    [world.extra.read] = _tokens(mails, "/mou/read/")
    open_link(made.signatory(3))
    # The second signs on paper.
    record_paper(
        signatory=made.signatory(2),
        typed_name="Pat Paper",
        post="Chair",
        authority=Authority.OFFICE,
        authority_words="",
        witness_note="I was there",
        content=scanned(),
        by=made.staff,
    )


def _send(world: World, made: Agreement) -> None:
    """To one for each party; and to the world's partner, who signs for the first too."""
    asked = [
        Asked(party, f"Signer {place}", "Director", f"signer{place}@example.org")
        for place, party in enumerate(made.parties, 1)
    ]
    partner = world.people[Kind.PARTNER]
    too = Asked(made.parties[0], partner.name, "Director", partner.email)
    readers = [Reader("Rita Reader", "rita@example.org")]
    made.send(SigningRule.EACH, *asked, too, readers=readers)


def _tokens(mails: Iterable[OutgoingMail], way: str) -> list[str]:
    """Of the links in the mails, in order."""
    return re.findall(rf"{way}([\w-]+)/", "\n".join(mail.text for mail in mails))


def asked(world: World) -> dict[str, object]:
    return {"token": world.extra.asked}


def to_sign(world: World) -> dict[str, object]:
    return {"token": world.extra.sign}


def to_read(world: World) -> dict[str, object]:
    return {"token": world.extra.read}


def to_send(world: World) -> dict[str, object]:
    return {"slug": world.programme.slug, "project_slug": world.project.slug}


def nothing_to_send(world: World) -> dict[str, object]:
    project = world.extra.signing.mou.project
    return {"slug": world.programme.slug, "project_slug": project.slug}


def signing(world: World) -> dict[str, object]:
    return nothing_to_send(world) | {"number": 1}


def signatory(world: World) -> dict[str, object]:
    return signing(world) | {"pk": world.extra.signing.signatory(1).pk}


def on_paper(world: World) -> dict[str, object]:
    return signing(world) | {"pk": world.extra.signing.signatory(2).pk}


# The world's enabler has another project.
READERS = answers(404, staff=200, partner=200, evaluator=200, operator=200)
STAFF = answers(404, staff=200, partner=403, evaluator=403, operator=403)
STAFF_MOVES_ON = STAFF | {Kind.STAFF: 302}
OF_DRAFT = STAFF | {Kind.ENABLER: 403}

ROWS = [
    Row("programmes:mou_send", to_send, get=OF_DRAFT, post=OF_DRAFT),
    Row("programmes:mou_send", nothing_to_send, get=STAFF_MOVES_ON, post=STAFF_MOVES_ON),
    Row("programmes:mou_signing", signing, get=READERS),
    Row("programmes:mou_extend", signing, get=STAFF, post=STAFF),
    Row("programmes:mou_reminders", signing, post=STAFF_MOVES_ON),
    Row("programmes:mou_void", signing, get=STAFF, post=STAFF),
    Row("programmes:mou_remind", signatory, post=STAFF_MOVES_ON),
    Row("programmes:mou_hand_over", signatory, get=STAFF, post=STAFF),
    Row("programmes:mou_paper", signatory, get=STAFF, post=STAFF),
    Row("programmes:mou_signed_page", on_paper, get=STAFF),
    Row("programmes:mou_sign", to_sign, get=PUBLIC, post=GOES_ON),
    Row("programmes:mou_sign", asked, get=PUBLIC, post=GOES_ON),
    Row("programmes:mou_sign_pdf", to_sign, get=NOT_YET),
    Row("programmes:mou_agree", to_sign, get=PUBLIC, post=PUBLIC),
    Row("programmes:mou_decline", to_sign, get=PUBLIC, post=PUBLIC),
    Row("programmes:mou_sign_hand_over", to_sign, get=PUBLIC, post=PUBLIC),
    Row("programmes:mou_ask_for_paper", to_sign, get=PUBLIC, post=GOES_ON),
    Row("programmes:mou_read", to_read, get=PUBLIC),
    Row("programmes:mou_read_pdf", to_read, get=NOT_YET),
]
