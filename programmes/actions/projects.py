from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.rows import Refusals, add, change, free_slug
from accounts.models import Person
from places.models import Place
from programmes.events import ProjectEvent
from programmes.models import Cohort, Programme, Project

ONCE = "project_of_place_once_in_cohort"
REFUSALS: Refusals = {
    ONCE: {"place": "Select another place or cohort: this place has a project in this cohort"}
}
REFUSALS_OF_A_CHANGE: Refusals = {
    ONCE: {"cohort": "Select another cohort: the place has a project in this one"}
}


@transaction.atomic
def create_project(
    *, programme: Programme, by: Person | None, place: Place, cohort: Cohort, **values: Any
) -> Project:
    """Its address is that of its place, with a number if the place has several."""
    _refuse_cohort_of_another(programme, cohort)
    slug = free_slug(Project.objects.filter(programme=programme), place.slug)
    project = Project(programme=programme, place=place, cohort=cohort, slug=slug, **values)
    return add(project, by=by, kind=ProjectEvent.CREATED, scope=programme, refusals=REFUSALS)


def change_project(*, project: Project, by: Person | None, **values: Any) -> Project:
    """Its place stays: evidence and roles hang on it."""
    _refuse_cohort_of_another(project.programme, values.get("cohort", project.cohort))
    return change(
        project,
        values,
        by=by,
        kind=ProjectEvent.CHANGED,
        scope=project.programme,
        refusals=REFUSALS_OF_A_CHANGE,
    )


def _refuse_cohort_of_another(programme: Programme, cohort: Cohort) -> None:
    if cohort.programme_id != programme.pk:
        raise ValidationError({"cohort": f"Select a cohort of {programme}"})
