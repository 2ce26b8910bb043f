from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.db.models.functions import Lower

from accounts.models import Membership
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
