"""The one way from one phase of a call to another, and the switches of each."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts.actions.audit import changes_between, record
from accounts.models import Person
from programmes.actions.call_versions import draft_of, faults_of, publish
from programmes.actions.panel_mail import Address, opening_of, tell_panel, to_be_told
from programmes.events import CallEvent
from programmes.models import (
    ApplicationState,
    Call,
    CallPhase,
    Extension,
    Phase,
    PhaseChange,
    ScoreSheet,
)
from programmes.phases import SHIPPED, Step, steps_from
from programmes.queries.recusals import has_recusals

MANAGE = "programmes.manage_call"


def locked_call(call: Call) -> Call:
    """The row as it is now, held until the transaction ends."""
    rows = Call.objects.select_for_update(of=("self",))
    return rows.select_related("cohort__programme").get(pk=call.pk)


def add_phases(call: Call) -> None:
    """The shipped switches, for a new call."""
    CallPhase.objects.bulk_create(
        CallPhase(call=call, phase=phase, **vars(switches)) for phase, switches in SHIPPED.items()
    )


@transaction.atomic
def change_phase(
    *,
    call: Call,
    to: Phase,
    by: Person,
    reason: str = "",
    due_on: date | None = None,
    address: Address | None = None,
) -> Call:
    """Take one of the STEPS, if nothing stands in its way. Announcing publishes the first version.

    What opens to the panel by it, its members are told in an e-mail with the page's `address`, and by
    when they are to be done. Without an address nobody is told.
    """
    current = locked_call(call)
    if not by.has_perm(MANAGE, current):
        raise PermissionDenied
    step = next((step for step in steps_from(current.phase) if step.new == to), None)
    if step is None:
        raise ValidationError(
            f"A call in the phase “{current.get_phase_display()}” cannot go to “{to.label}”."
        )
    reason = reason.strip()
    if step.asks_reason and not reason:
        raise ValidationError({"reason": "Say why, in a few words"})
    if obstacles := obstacles_to(step, current, by):
        raise ValidationError(obstacles)
    opening = opening_of(current, to)
    if opening and due_on and due_on < timezone.localdate(timezone=current.zone):
        raise ValidationError({"due_on": "Enter today or a later day"})
    told = list(to_be_told(current, to)) if opening and address else []
    _take(step, current, by)
    write_phase(current, to, by=by, reason=reason, due_on=due_on if opening else None)
    if opening and address:
        tell_panel(current, opening, told, due_on, address)
    call.phase = to
    return current


def write_phase(
    call: Call, to: Phase, *, by: Person, reason: str = "", due_on: date | None = None
) -> None:
    """The change itself with its row and its event, inside the transaction of whoever checked it."""
    old = Phase(call.phase)
    call.phase = to
    call.save(update_fields=["phase"])
    PhaseChange.objects.create(
        call=call, old=old, new=to, reason=reason, changed_by=by, changed_by_name=str(by)
    )
    told = {"phase": [old.label, to.label]} | ({"reason": ["", reason]} if reason else {})
    if due_on:
        call.phases.filter(phase=to).update(due_on=due_on)
        told["panel is done by"] = ["", date_format(due_on, "DATE_FORMAT")]
    record(CallEvent.PHASE_CHANGED, by=by, subject=call, scope=call.cohort.programme, changes=told)


def obstacles_to(step: Step, call: Call, by: Person) -> list[str]:
    """Sentences on what must be done before `by` can take the step."""
    if step.new == Phase.APPLICATIONS and step.old == Phase.PREPARATION:
        return missing_from(call)
    if step.new == Phase.PREPARATION and call.applications.exists():
        return ["Somebody has started an application, so the call can no longer be taken back."]
    if step.old == Phase.ELIGIBILITY and step.new == Phase.APPLICATIONS and _is_scored(call):
        return ["The panel has begun to score, so applications stay closed."]
    if step.old == Phase.APPLICATIONS and step.new == Phase.ELIGIBILITY and is_taking(call):
        return ["The call has not closed yet. Wait, or put the closing time earlier."]
    if step.new == Phase.CONFLICTS and step.old == Phase.ELIGIBILITY:
        return _before_the_panel(call, by)
    if (
        step.new == Phase.SCORING
        and step.old == Phase.CONFLICTS
        and not call.members.filter(removed_at=None).exists()
    ):
        return ["Add at least one member to the panel."]
    return []


def missing_from(call: Call) -> list[str]:
    """What a call lacks before it can be announced, a sentence each."""
    draft = call.versions.filter(published_at=None).first()
    faults = faults_of(draft) if draft else ["Write what the call is for."]
    return missing_times(call) + faults


def missing_times(call: Call) -> list[str]:
    if call.opens_at is None or call.closes_at is None:
        return ["Say when the call opens and when it closes."]
    if call.closes_at <= timezone.now():
        return ["The call closes in the past. Put the closing time later."]
    return []


def is_taking(call: Call) -> bool:
    """Whether places can start and submit at this moment."""
    if call.phase != Phase.APPLICATIONS or call.opens_at is None or call.closes_at is None:
        return False
    return call.opens_at <= timezone.now() < call.closes_at


@transaction.atomic
def change_switches(*, phase: CallPhase, by: Person, **values: Any) -> CallPhase:
    """What members may see and do in one phase of one call."""
    current = CallPhase.objects.select_for_update().get(pk=phase.pk)
    call = Call.objects.select_related("cohort__programme").get(pk=phase.call_id)
    if not by.has_perm(MANAGE, call):
        raise PermissionDenied
    changes = changes_between(current, values)
    if changes:
        for name in changes:
            setattr(current, name, values[name])
        current.save(update_fields=changes)
        record(
            CallEvent.SWITCHES_CHANGED,
            by=by,
            subject=current,
            scope=call.cohort.programme,
            changes=changes,
        )
    return current


def _take(step: Step, call: Call, by: Person) -> None:
    if step.old == Phase.PREPARATION:
        draft = call.versions.get(published_at=None)
        publish(draft, by=by)
    elif step.new == Phase.PREPARATION:
        draft_of(call)  # what was published stays as it was; this copy can be changed


def _is_scored(call: Call) -> bool:
    return ScoreSheet.objects.filter(member__call=call).exists()


def _before_the_panel(call: Call, by: Person) -> list[str]:
    if has_recusals(call, by):  # the sentences below would tell them how all applications stand
        return [
            "You are recused from an application to this call. A colleague must take this step."
        ]
    running = Extension.objects.filter(
        application__call=call,
        application__state=ApplicationState.STARTED,
        until__gt=timezone.now(),
    )
    if running.exists():
        return ["An extension that you have granted still runs. Wait until it is over."]
    unchecked = [ApplicationState.SUBMITTED, ApplicationState.CORRECTION]
    count = call.applications.filter(state__in=unchecked).count()
    if count:
        verb = "application waits" if count == 1 else "applications wait"
        return [f"{count} {verb} for an answer on eligibility."]
    if not call.applications.filter(state=ApplicationState.ELIGIBLE).exists():
        return ["No application is eligible."]
    return []
