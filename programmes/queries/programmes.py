from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet

from accounts.models import Person
from accounts.roles import Role
from programmes.models import ApplicationChange, ApplicationState, Cohort, Programme, Project


def visible_programmes(person: Person) -> QuerySet[Programme]:
    """Those that "programmes.view_programme" lets this person see, as one condition."""
    if person.is_operator:
        return Programme.objects.all()
    of_projects = Project.objects.filter(_takes_part(person)).values("programme")
    return Programme.objects.filter(
        Q(pk__in=person.scope_ids("programmes.programme")) | Q(pk__in=of_projects)
    )


def programmes_run_by(person: Person) -> QuerySet[Programme]:
    """Those that the person is staff of, newest first."""
    staffed = person.scope_ids("programmes.programme", Role.STAFF)
    return Programme.objects.filter(pk__in=staffed).only("name", "slug").order_by("-pk")


def visible_projects(person: Person) -> QuerySet[Project]:
    """Those that "programmes.view_project" lets this person see, as one condition."""
    if person.is_operator:
        return Project.objects.all()
    in_programmes = Q(programme__in=person.scope_ids("programmes.programme"))
    return Project.objects.filter(in_programmes | _takes_part(person))


def listed(projects: QuerySet[Project]) -> QuerySet[Project]:
    """`projects` with what a list of them says of each, of its place and of its cohort."""
    return projects.annotate(
        place_name=F("place__name"),
        region=F("place__region"),
        area_code=F("place__area_code"),
        cohort_number=F("cohort__number"),
        started_on=F("cohort__started_on"),
        application_state=F("application__state"),
    ).only("slug", "focus", "note", "is_invented")


def withdrew_at(project: Project) -> datetime | None:
    """When its place withdrew the application that it comes from. The project stays, and says so."""
    if project.application_id is None:
        return None  # without asking
    changes = ApplicationChange.objects.filter(
        application=project.application_id, new=ApplicationState.WITHDRAWN
    )
    return changes.values_list("changed_at", flat=True).first()


def _takes_part(person: Person) -> Q:
    """Of projects: enabler of it, or partner of its place."""
    return Q(pk__in=person.scope_ids("programmes.project")) | Q(
        place__in=person.scope_ids("places.place")
    )


@dataclass(frozen=True)
class KeyFigures:
    """How much there is in a programme."""

    cohorts: list[Cohort]  # each with its `project_count`
    places: int

    @property
    def projects(self) -> int:
        return sum(cohort.project_count for cohort in self.cohorts)  # type: ignore[attr-defined]


def key_figures(programme: Programme) -> KeyFigures:
    """Two queries."""
    return KeyFigures(
        cohorts=list(programme.cohorts.annotate(project_count=Count("projects"))),
        places=programme.projects.aggregate(count=Count("place", distinct=True))["count"],
    )
