from typing import Any

from accounts.actions.rows import Refusals, add, change
from accounts.models import Person
from programmes.events import CohortEvent
from programmes.models import Cohort, Programme

REFUSALS: Refusals = {
    "cohort_number_once": {"number": "Enter a different number: the programme has this cohort"},
    "cohort_number_from_1": {"number": "Enter 1 or more"},
}


def create_cohort(*, programme: Programme, by: Person | None, **values: Any) -> Cohort:
    cohort = Cohort(programme=programme, **values)
    return add(cohort, by=by, kind=CohortEvent.CREATED, scope=programme, refusals=REFUSALS)


def change_cohort(*, cohort: Cohort, by: Person | None, **values: Any) -> Cohort:
    return change(
        cohort,
        values,
        by=by,
        kind=CohortEvent.CHANGED,
        scope=cohort.programme,
        refusals=REFUSALS,
    )
