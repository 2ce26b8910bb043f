"""Preparing the panel's decisions: many at once, changed and taken back until they are released."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.audit import record_each
from accounts.models import Person
from programmes.actions.call_phases import locked_call
from programmes.events import DecisionEvent
from programmes.models import (
    Application,
    Call,
    Decision,
    DecisionChange,
    DecisionOutcome,
    Lot,
    Phase,
)
from programmes.queries.board import board_for
from programmes.queries.decisions import Case, Verdict, cases_on
from programmes.queries.lots import standing_among
from programmes.queries.switches import switches_of

PREPARE = "programmes.prepare_decisions"
LONGEST = 5_000
CLOSED = (
    "Decisions are not prepared in this phase of the call. Staff can change that under “Phases”."
)
SAY_WHY = "Say why, or by which lot: this application is within the band around the line"
WRITTEN = ("outcome", "reserve_order", "reason", "lot_id")  # of a verdict, as fields


@dataclass(frozen=True)
class Wanted:
    """What somebody wants decided, and the number of the change that their page showed."""

    verdict: Verdict
    based_on: int


@dataclass(frozen=True)
class _Next:
    """A case, and what is decided of it from now on."""

    case: Case
    then: Verdict

    @property
    def number(self) -> int:
        return self.case.application.number


@transaction.atomic
def prepare_decisions(*, call: Call, wanted: Mapping[int, Wanted], by: Person) -> list[Application]:
    """Decide on the applications with these numbers; those whose decision changed come back.

    What one leaves as their page showed it stays as others have decided it meanwhile. Where both have
    decided differently, or something is missing, nothing is saved, and ValidationError says so beside
    each field: `outcome_7` and the like, for A7.
    """
    current = locked_call(call)  # so that the order of reserves is looked at by one at a time
    if not by.has_perm(PREPARE, current):
        raise PermissionDenied
    if sentence := why_closed(current):
        raise ValidationError(sentence)
    cases = cases_on(board_for(by, current))
    changed, faults = _compared(cases, wanted)
    decided = [changed.get(number) or _Next(case, case.now) for number, case in cases.items()]
    faults |= _faults(current, changed.values(), decided)
    if faults:
        raise ValidationError(faults)
    _write(changed.values(), current, by)
    return [each.case.application for each in changed.values()]


def why_closed(call: Call) -> str:
    """Why no decision can be prepared now; empty if one can."""
    if call.phase == Phase.RELEASED:
        return "The decisions are released. What was decided stays."
    return "" if switches_of(call).decisions_are_prepared else CLOSED


def _compared(
    cases: Mapping[int, Case], wanted: Mapping[int, Wanted]
) -> tuple[dict[int, _Next], dict[str, str]]:
    """What changes, and what somebody else has decided otherwise since the page was shown."""
    changed, faults = {}, {}
    for number, each in wanted.items():
        case = cases.get(number)
        if case is None:
            raise ValidationError(f"A{number} is no longer with the panel. Nothing is saved yet.")
        verdict = _normal(each.verdict, case)
        if verdict == case.now:
            continue
        if each.based_on == case.number:
            changed[number] = _Next(case, verdict)
        elif verdict != case.at(each.based_on):
            faults[f"outcome_{number}"] = _meanwhile(case)
    return changed, faults


def _normal(verdict: Verdict, case: Case) -> Verdict:
    """Without an order where it means nothing; one that is taken back has no reason any more."""
    if not verdict.outcome and case.now.outcome:
        return Verdict()
    is_reserve = verdict.outcome == DecisionOutcome.RESERVE
    reason = verdict.reason.replace("\r\n", "\n").strip()
    return replace(verdict, reason=reason, order=verdict.order if is_reserve else None)


def _meanwhile(case: Case) -> str:
    who = case.changes[case.number].changed_by_name
    done = f"decided “{case.now.in_words}”" if case.now.outcome else "taken the decision back"
    return f"{who} has {done} meanwhile. Save again if yours is to stand"


def _faults(call: Call, changed: Collection[_Next], decided: Collection[_Next]) -> dict[str, str]:
    """{field: what to do}"""
    faults: dict[str, str] = {}
    every = call.lots.order_by("drawn_at", "pk")
    standing = standing_among(every)
    lots = {lot.pk: lot for lot in every if lot.pk in standing}
    for each in changed:
        faults |= _faults_of_one(each, lots)
        if each.then.order and (other := _same_order(each, decided)):
            faults[f"order_{each.number}"] = (
                f"{other.case.application.reference} has this place on the reserve list"
            )
    for lot in lots.values():
        if pair := _against(lot, decided):
            faults[f"lot_{pair[0].number}"] = (
                f"The lot drew {pair[1].case.application.reference} before, which is worse off here"
            )
    return faults


def _faults_of_one(each: _Next, lots: Mapping[int, Lot]) -> dict[str, str]:
    faults = {}
    number, verdict = each.number, each.then
    if not verdict.outcome:
        return {f"outcome_{number}": "Select a decision for this reason"} if verdict.reason else {}
    if verdict.outcome == DecisionOutcome.RESERVE and not verdict.order:
        faults[f"order_{number}"] = "Enter the place on the reserve list, like 1"
    if len(verdict.reason) > LONGEST:
        faults[f"reason_{number}"] = (
            f"The reason has {len(verdict.reason):,} characters. Shorten it to {LONGEST:,} or fewer"
        )
    if verdict.lot is not None:
        lot = lots.get(verdict.lot)
        if lot is None or each.case.application.reference not in lot.between:
            faults[f"lot_{number}"] = "Select a lot that this application was in, and that stands"
    elif each.case.line.place.is_in_band and not verdict.reason:
        faults[f"reason_{number}"] = SAY_WHY
    return faults


def _same_order(each: _Next, decided: Iterable[_Next]) -> _Next | None:
    return next(
        (
            other
            for other in decided
            if other.then.order == each.then.order and other.number != each.number
        ),
        None,
    )


def _against(lot: Lot, decided: Iterable[_Next]) -> tuple[_Next, _Next] | None:
    """Two that are decided by a lot, and not as it drew them: the one better off, the one worse off."""
    by_reference = {
        each.case.application.reference: each
        for each in decided
        if each.then.outcome and each.then.lot == lot.pk
    }
    drawn = [by_reference[reference] for reference in lot.drawn if reference in by_reference]
    for earlier, later in pairwise(drawn):
        if later.then.rank < earlier.then.rank:
            return later, earlier
    return None


def _write(changed: Collection[_Next], call: Call, by: Person) -> None:
    made = [each for each in changed if each.then.outcome]
    undone = [each for each in changed if not each.then.outcome]
    for kind, rows in ((DecisionEvent.PREPARED, made), (DecisionEvent.UNDONE, undone)):
        told = [(each.case.application, _told(each)) for each in rows]
        record_each(kind, by=by, subjects=told, scope=call.cohort.programme)
    DecisionChange.objects.bulk_create(
        DecisionChange(
            number=each.case.number + 1, changed_by=by, changed_by_name=str(by), **_values(each)
        )
        for each in changed
    )
    Decision.objects.bulk_create(
        [Decision(prepared_by=by, prepared_by_name=str(by), **_values(each)) for each in made],
        update_conflicts=True,
        unique_fields=["application"],
        update_fields=[*WRITTEN, "prepared_at", "prepared_by", "prepared_by_name"],
    )
    gone = [each.case.application.pk for each in undone]
    Decision.objects.filter(application__in=gone).delete()


def _values(each: _Next) -> dict[str, Any]:
    verdict = each.then
    values = (verdict.outcome, verdict.order, verdict.reason, verdict.lot)
    return {"application": each.case.application, **dict(zip(WRITTEN, values, strict=True))}


def _told(each: _Next) -> dict[str, list[str]]:
    """What the trail tells. Reasons stand with the decision."""
    return {"outcome": [each.case.now.in_words, each.then.in_words]}
