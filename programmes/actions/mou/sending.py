"""Sending a version to be signed: what must be settled before, and whom it goes to."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from documents.references import new_reference
from programmes.actions.mou.asking import Asked, Reader, ask, copy_in
from programmes.actions.mou.chain import tell
from programmes.actions.mou.drafts import check_goes_on, locked_mou
from programmes.actions.mou.links import version_address
from programmes.actions.mou.mails import write
from programmes.actions.mou.reading import ask_to_draw
from programmes.actions.mou.states import change_version_state, locked_version
from programmes.models import MOUVersion, Party, Representative, Signing, VersionState
from programmes.mou_text import canonical, digest
from programmes.queries.mou.agreed import agreed_by
from programmes.queries.mou.drafting import written
from programmes.queries.mou.touched import must_consent

TO_FILL_IN = re.compile(r"\[[^\[\]]+\](?!\()")  # and no link of Markdown
PROPOSED = "Take in or decline what has been proposed first: once it is out, nothing changes"
NO_CLAUSE = "This version has no clause yet."
NOBODY = "Nothing changes for anybody: there is nothing to sign."


@transaction.atomic
def send_to_sign(
    *,
    version: MOUVersion,
    signatories: Collection[Asked],
    expires_at: datetime,
    by: Person,
    site: str,
    message: str = "",
    readers: Iterable[Reader] = (),
) -> Signing:
    """Fix the text, and write to all who sign it and all who read along. `site` is where they reach us.

    Raises ValidationError with a sentence where something is missing: a party without a signatory, a
    proposal not settled, a time that is over.
    """
    mou = locked_mou(version.mou)
    check_goes_on(mou)
    current = locked_version(version)
    readers = list(readers)
    _check(current, signatories, readers, expires_at)
    text = canonical(agreed_by(current))
    change_version_state(version=current, to=VersionState.SENT, by=by)
    signing = Signing.objects.create(
        version=current,
        reference=new_reference(),
        text=text,
        text_sha256=digest(text),
        message=message.strip(),
        site=site,
        sent_by=by,
        sent_by_name=str(by),
        expires_at=expires_at,
    )
    tell(
        signing,
        "sent",
        who=str(by),
        text_sha256=signing.text_sha256,
        expires_at=expires_at.isoformat(),
        signatories=[
            {"party": str(each.party), "name": each.name, "post": each.post, "rule": each.rule}
            for each in signatories
        ],
    )
    for each in signatories:
        ask(signing, each)
    for reader in readers:
        copy_in(signing, reader)
    ask_to_draw(current, by=by)
    _tell_the_rest(signing, {each.party.pk for each in signatories})
    version.state = current.state
    version.mou = mou
    return signing


def obstacles_to(version: MOUVersion, asks: Collection[Party]) -> list[str]:
    """What must be done before a draft can be sent, in words. `asks` are those who must consent."""
    now = written(version)
    found = []
    if not now.lines:
        found.append(NO_CLAUSE)
    # In which something of the template is still to be filled in.
    if numbers := [str(line.number) for line in now.lines if TO_FILL_IN.search(line.text)]:
        found.append(
            f"Fill in, or take out, what stands in [square brackets]: clause {', '.join(numbers)}."
        )
    if now.proposals:
        found.append(PROPOSED)
    if not asks:
        found.append(NOBODY)
    return found


def _check(
    version: MOUVersion,
    signatories: Collection[Asked],
    readers: Collection[Reader],
    expires_at: datetime,
) -> None:
    if version.state != VersionState.DRAFT:
        raise ValidationError("This version has been sent already: look at the page again.")
    asks = must_consent(version)
    if obstacles := obstacles_to(version, asks):
        raise ValidationError(obstacles)
    if expires_at <= timezone.now():
        raise ValidationError({"expires_at": "Enter a day that is still to come"})
    _check_once([(str(each.party), each.email.lower()) for each in signatories])
    _check_once([("those who only read", reader.email.lower()) for reader in readers])
    needed = {party.pk: party for party in asks}
    given = {each.party.pk for each in signatories}
    if missing := [str(party) for pk, party in needed.items() if pk not in given]:
        raise ValidationError(f"Say who signs for {', '.join(missing)}.")
    if given - set(needed):
        raise ValidationError(
            "Somebody is named for a party whose clauses do not change: look at the page again."
        )


def _check_once(named: Iterable[tuple[str, str]]) -> None:
    for (group, email), count in Counter(named).items():
        if count > 1:
            raise ValidationError(f"{email} is named twice for {group}. Name each address once.")


def _tell_the_rest(signing: Signing, asked: set[int]) -> None:
    """Parties whose clauses do not change are told that others are asked."""
    seats = Representative.objects.filter(
        party__mou=signing.version.mou_id, party__left_on=None, ended_at=None
    )
    for seat in seats.exclude(party__in=asked).select_related("person", "party__organisation"):
        write(
            seat.person.email,
            f"A new version is being signed: {signing.version.mou}",
            "others_sign",
            seat=seat,
            version=signing.version,
            address=version_address(signing.site, signing.version),
        )
