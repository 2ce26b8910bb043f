from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from accounts.models import Person
from accounts.roles import Role
from places.models import Partnership
from programmes.models import Programme


def programmes_with_gaps(person: Person) -> QuerySet[Programme]:
    """Programmes this person is staff of in which something is missing, with the counts. One query."""
    partners_now = Exists(
        Partnership.objects.filter(place=OuterRef("projects__place"), left_on__isnull=True)
    )
    mine = Programme.objects.filter(pk__in=person.scope_ids("programmes.programme", Role.STAFF))
    counted = mine.annotate(
        project_count=Count("projects", distinct=True),
        undated_cohorts=Count("cohorts", filter=Q(cohorts__started_on__isnull=True), distinct=True),
        partnerless_projects=Count(
            "projects", filter=Q(projects__isnull=False) & ~Q(partners_now), distinct=True
        ),
    )
    return counted.filter(
        Q(project_count=0) | Q(undated_cohorts__gt=0) | Q(partnerless_projects__gt=0)
    )
