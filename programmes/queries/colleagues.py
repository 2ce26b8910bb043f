"""Who writes an application, and who is invited to."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet

from accounts.models import Invitation, Membership
from accounts.queries.invitations import open_invitations
from accounts.roles import Role
from programmes.models import Application


def memberships_in(application: Application) -> QuerySet[Membership]:
    """Those who write it, in the order in which they came."""
    rows = Membership.objects.filter(
        role=Role.APPLICANT,
        scope_type=ContentType.objects.get_for_model(Application),
        scope_id=application.pk,
    )
    return rows.select_related("person").order_by("granted_at", "pk")


def invitations_to(application: Application) -> QuerySet[Invitation]:
    """Those who are invited and have not come."""
    rows = open_invitations().filter(
        role=Role.APPLICANT,
        scope_type=ContentType.objects.get_for_model(Application),
        scope_id=application.pk,
    )
    return rows.order_by("invited_at", "pk")
