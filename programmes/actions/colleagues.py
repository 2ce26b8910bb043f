"""Who writes an application together: invited and removed by those who write it."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions.invitations import invite
from accounts.actions.memberships import revoke_role
from accounts.models import Invitation, Membership, Person
from accounts.roles import Role
from accounts.secret_links import Link
from programmes.actions.application_states import locked
from programmes.application_states import Actor
from programmes.models import Application
from programmes.queries.colleagues import invitations_to, memberships_in

MOST_INVITED = 30  # who have not come yet


@transaction.atomic
def invite_colleague(
    *, application: Application, email: str, name: str, by: Person, link: Link
) -> Invitation:
    """Write to a colleague, who then writes the application too."""
    current = locked(application)
    _require(by, current)
    if invitations_to(current).count() >= MOST_INVITED:
        raise ValidationError(
            f"{MOST_INVITED} people are invited and have not come yet. Withdraw some invitations first."
        )
    return invite(
        email=email,
        name=name,
        role=Role.APPLICANT,
        scope=current,
        by=by,
        link=link,
        within=current.call.cohort.programme,
    )


@transaction.atomic
def remove_colleague(*, application: Application, membership: Membership, by: Person) -> Person:
    """Somebody writes no more; what they wrote stays. Of those who write, one always remains."""
    current = locked(application)
    _require(by, current)
    if not memberships_in(current).exclude(pk=membership.pk).exists():
        raise ValidationError(
            "Somebody must be able to write the application. Invite another first, and remove this"
            " person when they have come."
        )
    return revoke_role(membership=membership, by=by, within=current.call.cohort.programme)


def _require(by: Person, application: Application) -> None:
    if not by.has_perm(Actor.APPLICANT, application):
        raise PermissionDenied
