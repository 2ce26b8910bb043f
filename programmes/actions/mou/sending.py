"""Sending a version to be signed, and what staff do while it is out."""

import re
import secrets
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import SYSTEM
from accounts.models import Person
from accounts.secret_links import hashed
from documents.references import new_reference
from programmes.actions.mou.chain import tell
from programmes.actions.mou.drafts import check_goes_on, locked_mou
from programmes.actions.mou.links import read_address, sign_address, version_address
from programmes.actions.mou.mails import write
from programmes.actions.mou.noting import note
from programmes.actions.mou.reading import ask_to_draw
from programmes.actions.mou.states import change_version_state, locked_version
from programmes.events import MOUEvent
from programmes.models import (
    CopiedIn,
    MOUVersion,
    Party,
    Representative,
    Signatory,
    SignatoryState,
    Signing,
    SigningRule,
    VersionState,
)
from programmes.mou_states import WAITING
from programmes.mou_text import canonical, digest
from programmes.queries.mou.agreed import agreed_by
from programmes.queries.mou.drafting import written
from programmes.queries.mou.touched import must_consent

TO_FILL_IN = re.compile(r"\[[^\[\]]+\](?!\()")  # and no link of Markdown
PROPOSED = "Take in or decline what has been proposed first: once it is out, nothing changes"
NO_CLAUSE = "This version has no clause yet."
NOBODY = "Nothing changes for anybody: there is nothing to sign."


@dataclass(frozen=True)
class Asked:
    """Somebody who is to be asked to sign for a party."""

    party: Party
    name: str
    post: str
    email: str
    rule: SigningRule = SigningRule.EACH


@dataclass(frozen=True)
class Reader:
    """Somebody who gets a copy to read."""

    name: str
    email: str


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
        _copy_in(signing, reader)
    ask_to_draw(current, by=by)
    _tell_the_rest(signing, {each.party.pk for each in signatories})
    version.state = current.state
    version.mou = mou
    return signing


def ask(signing: Signing, asked: Asked) -> Signatory:
    """A signatory with a link of their own, and the mail that carries it."""
    token = secrets.token_urlsafe(32)
    signatory = Signatory.objects.create(
        signing=signing,
        party=asked.party,
        rule=asked.rule,
        name=asked.name,
        post=asked.post,
        email=asked.email.lower(),
        token_sha256=hashed(token),
    )
    write_to(signatory, token)
    return signatory


def write_to(signatory: Signatory, token: str, *, is_reminder: bool = False) -> None:
    signing = signatory.signing
    address = sign_address(signing.site, token)
    write(
        signatory.email,
        f"{'Reminder: please' if is_reminder else 'Please'} sign: {signing.version.mou}",
        "sign",
        secret_until=signing.expires_at,
        signatory=signatory,
        signing=signing,
        address=address,
    )


@transaction.atomic
def remind(*, signatory: Signatory, by: Person | None) -> Signatory:
    """Write again with a new link; the one before is of no use any more. `by=None` is the clock."""
    return _write_again(_waiting(signatory, by), who=str(by) if by else SYSTEM)


@transaction.atomic
def send_own_link(*, signatory: Signatory, by: Person) -> Signatory:
    """Write again to whoever is asked, because they ask for it at the account with the same address."""
    if by.email != signatory.email:
        raise PermissionDenied
    return _write_again(_waiting(signatory, None), who=str(by))


def _write_again(current: Signatory, *, who: str) -> Signatory:
    token = secrets.token_urlsafe(32)
    current.token_sha256 = hashed(token)
    current.reminded_at = timezone.now()
    current.save(update_fields=["token_sha256", "reminded_at"])
    write_to(current, token, is_reminder=True)
    tell(current.signing, "reminded", who=who, signatory=current.name)
    return current


@transaction.atomic
def extend(*, signing: Signing, expires_at: datetime, by: Person) -> Signing:
    """More time to sign, as long as it is out."""
    current = _out(signing, by)
    if expires_at <= max(timezone.now(), current.expires_at):
        raise ValidationError({"expires_at": "Enter a later time than now and than the one before"})
    current.expires_at = expires_at
    current.save(update_fields=["expires_at"])
    tell(current, "extended", who=str(by), expires_at=expires_at.isoformat())
    _tell_of_more_time(current)
    note(
        MOUEvent.SIGNING_CHANGED,
        current.version.mou,
        by=by,
        changes={"sign by": ["", expires_at.date().isoformat()]},
    )
    return current


@transaction.atomic
def stop_reminders(*, signing: Signing, stop: bool, by: Person) -> Signing:
    current = _out(signing, by)
    if current.reminders_stop != stop:
        current.reminders_stop = stop
        current.save(update_fields=["reminders_stop"])
        tell(current, "reminders stopped" if stop else "reminders resumed", who=str(by))
        note(
            MOUEvent.SIGNING_CHANGED,
            current.version.mou,
            by=by,
            changes={"reminders": ["", "Stopped" if stop else "Sent"]},
        )
    return current


@transaction.atomic
def void(*, signing: Signing, reason: str, by: Person) -> Signing:
    """Give it up before it is sealed, and tell everybody why."""
    version = locked_version(signing.version)
    change_version_state(version=version, to=VersionState.VOID, by=by, reason=reason)
    tell(signing, "voided", who=str(by), reason=reason.strip())
    subject = f"Not to be signed any more: {version.mou}"
    _tell_all(signing, subject, "voided", by=by, version=version, reason=reason.strip())
    return signing


def expire_signings() -> int:
    """Those whose time is over, and how many that were."""
    due = Signing.objects.filter(version__state=VersionState.SENT, expires_at__lt=timezone.now())
    return sum(_expire(signing.pk) for signing in due.order_by("pk"))


@transaction.atomic
def _expire(pk: int) -> bool:
    signing = Signing.objects.select_related("version").get(pk=pk)
    version = locked_version(signing.version)
    if version.state != VersionState.SENT:
        return False
    if Signing.objects.filter(pk=pk, expires_at__gte=timezone.now()).exists():
        return False  # it was extended meanwhile
    change_version_state(version=version, to=VersionState.EXPIRED, by=None)
    tell(signing, "expired", who=SYSTEM)
    _tell_all(signing, f"The time to sign is over: {version.mou}", "expired", version=version)
    return True


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


def _copy_in(signing: Signing, reader: Reader) -> None:
    token = secrets.token_urlsafe(32)
    row = CopiedIn.objects.create(
        signing=signing, name=reader.name, email=reader.email.lower(), token_sha256=hashed(token)
    )
    write(
        row.email,
        f"For you to read: {signing.version.mou}",
        "read",
        secret_until=signing.expires_at,
        reader=row,
        signing=signing,
        address=read_address(signing.site, token),
    )


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


def _tell_of_more_time(signing: Signing) -> None:
    """Those who can still sign, whoever has declined among them."""
    subject = f"More time to sign: {signing.version.mou}"
    waiting = signing.signatories.filter(state__in=[*WAITING, SignatoryState.DECLINED])
    for signatory in waiting.select_related("party__organisation").order_by("pk"):
        write(signatory.email, subject, "extended", signatory=signatory, signing=signing)


def _tell_all(signing: Signing, subject: str, template: str, **context: Any) -> None:
    rows: list[tuple[str, str]] = [
        *signing.signatories.order_by("pk").values_list("name", "email"),
        *signing.copied_in.order_by("pk").values_list("name", "email"),
    ]
    for name, email in dict.fromkeys(rows):
        write(email, subject, template, name=name, **context)


def _out(signing: Signing, by: Person) -> Signing:
    """The row, held, of a version that is out to be signed, for staff."""
    version = locked_version(signing.version)
    if not by.has_perm("programmes.manage_mou", version.mou):
        raise PermissionDenied
    if version.state != VersionState.SENT:
        raise ValidationError("This version is no longer out to be signed.")
    current = Signing.objects.get(pk=signing.pk)
    current.version = version
    return current


def _waiting(signatory: Signatory, by: Person | None) -> Signatory:
    version = locked_version(signatory.signing.version)
    if by is not None and not by.has_perm("programmes.manage_mou", version.mou):
        raise PermissionDenied
    rows = Signatory.objects.select_related("party__organisation", "signing")
    current = rows.get(pk=signatory.pk)
    current.signing.version = version
    is_over = current.signing.expires_at < timezone.now()
    if version.state != VersionState.SENT or is_over:
        raise ValidationError("This version is no longer out to be signed.")
    if current.state not in WAITING:
        raise ValidationError(f"{current.name} need not be reminded any more.")
    return current
