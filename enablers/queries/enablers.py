from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import Membership, Person
from accounts.roles import Role
from programmes.models import Project


def enablers_of(project: Project) -> QuerySet[Membership]:
    """Who is the enabler of a project, each read with the person. One query."""
    held = Membership.objects.filter(
        role=Role.ENABLER,
        scope_type=ContentType.objects.get_for_model(Project),
        scope_id=project.pk,
    )
    return held.select_related("person").order_by(Lower("person__name"))


def projects_without_enabler(person: Person) -> QuerySet[Project]:
    """Projects, in programmes that this person is staff of, in which nobody is the enabler."""
    held = Membership.objects.filter(
        role=Role.ENABLER, scope_type=ContentType.objects.get_for_model(Project)
    )
    mine = Project.objects.filter(
        programme__in=person.scope_ids("programmes.programme", Role.STAFF)
    )
    without = mine.exclude(pk__in=held.values("scope_id")).select_related("programme", "place")
    return without.order_by(Lower("programme__name"), Lower("place__name"))
