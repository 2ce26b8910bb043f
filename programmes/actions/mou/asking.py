"""The links of those who are asked to sign or to read: sent, and sent again."""

import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import SYSTEM
from accounts.models import Person
from accounts.secret_links import hashed
from programmes.actions.mou.chain import tell
from programmes.actions.mou.links import read_address, sign_address
from programmes.actions.mou.mails import write
from programmes.actions.mou.states import NOT_OUT, locked_while_out
from programmes.models import CopiedIn, Party, Signatory, Signing, SigningRule
from programmes.mou_states import WAITING

AGAIN_AFTER = timedelta(minutes=1)  # a second press of the button would make the first link useless


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
    _write_to(signatory, token)
    return signatory


def _write_to(signatory: Signatory, token: str, *, is_reminder: bool = False) -> None:
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
    _write_to(current, token, is_reminder=True)
    tell(current.signing, "reminded", who=who, signatory=current.name)
    return current


def _waiting(signatory: Signatory, by: Person | None) -> Signatory:
    version = locked_while_out(signatory.signing.version, by)
    rows = Signatory.objects.select_related("party__organisation", "signing")
    current = rows.get(pk=signatory.pk)
    current.signing.version = version
    if current.signing.expires_at < timezone.now():
        raise ValidationError(NOT_OUT)
    if current.state not in WAITING:
        raise ValidationError(f"{current.name} need not be reminded any more.")
    if current.reminded_at and timezone.now() < current.reminded_at + AGAIN_AFTER:
        raise ValidationError(f"{current.name} has been written to a moment ago.")
    return current


def copy_in(signing: Signing, reader: Reader) -> None:
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
