"""What staff, and the clock, do with a signing while it is out."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import SYSTEM
from accounts.models import Person
from programmes.actions.mou.chain import tell
from programmes.actions.mou.mails import write
from programmes.actions.mou.noting import note
from programmes.actions.mou.states import change_version_state, locked_version, locked_while_out
from programmes.events import MOUEvent
from programmes.models import SignatoryState, Signing, VersionState
from programmes.mou_states import WAITING


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
    version = locked_while_out(signing.version, by)
    current = Signing.objects.get(pk=signing.pk)
    current.version = version
    return current
