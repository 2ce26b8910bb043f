"""Preparing a call, and changing when it is open and how many places it has."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.audit import changes_between, record
from accounts.actions.rows import Refusals, save_or_refuse
from accounts.models import Person
from programmes.actions.call_phases import add_phases
from programmes.actions.call_versions import draft_of, still_open
from programmes.actions.shipped_calls import shipped_calls, write_into
from programmes.actions.writers import tell_writers
from programmes.events import CallEvent
from programmes.models import Call, Cohort, Phase
from programmes.times import said

REFUSALS: Refusals = {
    "programmes_call_cohort_id_key": {"__all__": "This cohort has a call already. Open that one"},
    "call_closes_after_it_opens": {"closes_at": "Put the closing time after the opening"},
    "call_announced_with_dates": {"closes_at": "Say when the call opens and when it closes"},
}


@transaction.atomic
def create_call(*, cohort: Cohort, by: Person, beginning: str = "", **values: Any) -> Call:
    """A call in preparation, with the shipped phases.

    Its first version is empty, or as the shipped call `beginning` has it.
    """
    call = Call(cohort=cohort, created_by=by, created_by_name=str(by), **values)
    save_or_refuse(call, REFUSALS)
    add_phases(call)
    draft = draft_of(call)
    if beginning:
        write_into(draft, shipped_calls()[beginning])
    record(CallEvent.CREATED, by=by, subject=call, scope=cohort.programme)
    return call


@transaction.atomic
def change_call(*, call: Call, by: Person, **values: Any) -> Call:
    """Its title, times, number of places. Once it is announced, it no longer opens at another time."""
    rows = Call.objects.select_for_update(of=("self",)).select_related("cohort__programme")
    current = rows.get(pk=call.pk)
    changes = changes_between(current, values)
    if "opens_at" in changes and current.phase != Phase.PREPARATION:
        raise ValidationError({"opens_at": "The call has been announced: its opening stays"})
    if not changes:
        return current
    for name in changes:
        setattr(current, name, values[name])
    save_or_refuse(current, REFUSALS, changes)
    record(
        CallEvent.CHANGED, by=by, subject=current, scope=current.cohort.programme, changes=changes
    )
    if current.phase == Phase.APPLICATIONS and current.closes_at and "closes_at" in changes:
        tell_writers(
            still_open(current),
            subject=f"{current}: the closing time has changed",
            words=f"The call “{current}” now closes on {said(current.closes_at, current)}.",
        )
    return current
