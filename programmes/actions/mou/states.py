"""The only ways from one state of a version, or of a signatory, to another."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.audit import SYSTEM
from accounts.models import Person
from programmes.actions.mou.noting import note
from programmes.events import MOUEvent
from programmes.models import (
    MOUVersion,
    Signatory,
    SignatoryChange,
    SignatoryState,
    VersionChange,
    VersionState,
)
from programmes.mou_states import Actor, signatory_steps_from, version_steps_from

NOT_OUT = "This version is no longer out to be signed."
GIVE_REASON = {"reason": "Say why, in a few words"}


def locked_version(version: MOUVersion) -> MOUVersion:
    """The row as it is now, held until the transaction ends."""
    rows = MOUVersion.objects.select_for_update(of=("self",))
    return rows.select_related("mou__project__programme", "mou__project__place").get(pk=version.pk)


def locked_while_out(version: MOUVersion, by: Person | None) -> MOUVersion:
    """The same of one that is out to be signed, for staff. `by=None` is Placework itself."""
    current = locked_version(version)
    if by is not None and not by.has_perm("programmes.manage_mou", current.mou):
        raise PermissionDenied
    if current.state != VersionState.SENT:
        raise ValidationError(NOT_OUT)
    return current


@transaction.atomic
def change_version_state(
    *, version: MOUVersion, to: VersionState, by: Person | None, reason: str = ""
) -> MOUVersion:
    """Take one of the VERSION_STEPS. `by=None` is Placework itself.

    Raises ValidationError with a sentence for people, PermissionDenied where the step is another's.
    """
    current = locked_version(version)
    steps = [step for step in version_steps_from(current.state) if step.new == to]
    if not steps:
        now = current.get_state_display().lower()
        raise ValidationError(f"This version is {now}: look at the page again.")
    actors = {Actor.PLACEWORK} if by is None else _actors(by, current)
    step = next((step for step in steps if step.actor in actors), None)
    if step is None:
        raise PermissionDenied
    reason = reason.strip()
    if step.asks_reason and not reason:
        raise ValidationError(GIVE_REASON)
    current.state = version.state = to
    current.save(update_fields=["state"])
    VersionChange.objects.create(
        version=current,
        old=step.old,
        new=to,
        reason=reason,
        changed_by=by,
        changed_by_name=str(by) if by else SYSTEM,
    )
    told = {"state": [step.old.label, to.label]} | ({"reason": ["", reason]} if reason else {})
    note(MOUEvent.VERSION_STATE_CHANGED, current, by=by, changes=told)
    return current


def _actors(by: Person, version: MOUVersion) -> set[Actor]:
    return {Actor.STAFF} if by.has_perm(Actor.STAFF, version.mou) else set()


def locked_signatory(signatory: Signatory) -> Signatory:
    rows = Signatory.objects.select_for_update(of=("self",))
    return rows.select_related(
        "party__organisation", "signing__version__mou__project__programme"
    ).get(pk=signatory.pk)


@transaction.atomic
def change_signatory_state(
    *,
    signatory: Signatory,
    to: SignatoryState,
    as_: Actor,
    by: Person | None = None,
    reason: str = "",
) -> Signatory:
    """Take one of the SIGNATORY_STEPS. `by` is staff; whoever came by their link is nobody's account.

    The caller has checked that the link is theirs, and that the version is out to be signed.
    """
    current = locked_signatory(signatory)
    mou = current.signing.version.mou
    if as_ == Actor.STAFF and (by is None or not by.has_perm(Actor.STAFF, mou)):
        raise PermissionDenied
    steps = [
        step for step in signatory_steps_from(current.state) if step.new == to and step.actor == as_
    ]
    if not steps:
        raise ValidationError(_already(current))
    reason = reason.strip()
    if steps[0].asks_reason and not reason:
        raise ValidationError(GIVE_REASON)
    old = SignatoryState(current.state)
    current.state = signatory.state = to
    current.save(update_fields=["state"])
    who = str(by) if by else current.name if as_ == Actor.SIGNATORY else SYSTEM
    SignatoryChange.objects.create(
        signatory=current, old=old, new=to, reason=reason, changed_by=by, changed_by_name=who
    )
    told = {"signatory": ["", current.name], "state": [old.label, to.label]}
    told |= {"reason": ["", reason]} if reason else {}
    note(MOUEvent.SIGNATORY_CHANGED, mou, by=by, changes=told)
    return current


def _already(signatory: Signatory) -> str:
    said = {
        SignatoryState.SIGNED: "has signed already",
        SignatoryState.DECLINED: "has declined",
        SignatoryState.HANDED_OVER: "has handed this over to somebody else",
        SignatoryState.NOT_NEEDED: "need not sign any more: a colleague has signed",
        SignatoryState.PAPER: "has asked to sign on paper",
    }
    return (
        f"{signatory.name} {said.get(SignatoryState(signatory.state), 'has been asked to sign')}."
    )
