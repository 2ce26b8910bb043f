"""Those who write applications."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from accounts.models import Membership, Person
from accounts.roles import Role
from programmes.models import Application


def writers_of(applications: Iterable[Application]) -> QuerySet[Person]:
    """Everyone who writes one of the applications."""
    memberships = Membership.objects.filter(
        role=Role.APPLICANT,
        scope_type=ContentType.objects.get_for_model(Application),
        scope_id__in=[application.pk for application in applications],
    )
    return Person.objects.filter(pk__in=memberships.values("person"), is_active=True)
