"""The calls that staff run now, with what waits for them in each."""

from collections import Counter
from dataclasses import dataclass

from accounts.models import Person
from accounts.roles import Role
from programmes.models import Application, ApplicationState, Call, Interest, Phase, Standing
from programmes.queries.calls import calls
from programmes.queries.recusals import ids_kept_away_from, without_recused

_TOLD = ("title", "phase", "cohort__number", "cohort__programme__name", "cohort__programme__slug")
_WAITING = (ApplicationState.SUBMITTED, ApplicationState.CORRECTION)


@dataclass(frozen=True)
class UnderWay:
    """A call, and how much of it waits for staff. Nothing they are recused from is counted."""

    call: Call
    to_check: int
    to_correct: int
    to_settle: int


def calls_under_way(person: Person) -> list[UnderWay]:
    """Of the programmes that this person is staff of, in two queries: what closes first comes first."""
    programmes = person.scope_ids("programmes.programme", Role.STAFF)
    rows = calls().filter(cohort__programme__in=programmes).exclude(phase=Phase.RELEASED)
    found = list(rows.only(*_TOLD).order_by("closes_at", "pk"))
    if not found:
        return []
    waiting = Application.objects.filter(call__in=found, state__in=_WAITING).order_by()
    conflicts = (
        Interest.objects.filter(standing=Standing.TO_SETTLE, member__call__in=found)
        .exclude(application__in=ids_kept_away_from(person))
        .exclude(member__person=person)
    )
    # One query for both. A state of an application is none of a conflict.
    counts = Counter(
        without_recused(waiting, person)
        .values_list("call", "state")
        .union(conflicts.values_list("member__call", "standing"), all=True)
    )
    return [
        UnderWay(
            call,
            to_check=counts[call.pk, ApplicationState.SUBMITTED],
            to_correct=counts[call.pk, ApplicationState.CORRECTION],
            to_settle=counts[call.pk, Standing.TO_SETTLE],
        )
        for call in found
    ]
