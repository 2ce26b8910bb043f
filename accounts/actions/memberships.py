"""Who holds which role, and how they come to and lose it."""

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models, transaction

from accounts.actions.audit import record
from accounts.events import MembershipEvent
from accounts.models import Invitation, Membership, Person
from accounts.roles import HELD_IN, Role
from accounts.scopes import kind_of


def check_scope(role: Role, scope: models.Model) -> None:
    """That the role is held in that kind of thing. Anything else is a fault of ours."""
    if scope._meta.label_lower != role.held_in:
        raise ValueError(f"{role.label} is held in {role.held_in}, not {scope._meta.label_lower}.")


@transaction.atomic
def grant_role(
    *,
    person: Person,
    role: Role,
    scope: models.Model,
    by: Person,
    granted_by: Person | None = None,
    within: models.Model | None = None,
) -> Membership:
    """Give a role, or leave it as it is if it is held. `within` is the programme of the audit trail."""
    check_scope(role, scope)
    membership, created = Membership.objects.get_or_create(
        person=person,
        role=role,
        scope_type=ContentType.objects.get_for_model(scope),
        scope_id=scope.pk,
        defaults={"granted_by": granted_by or by},
    )
    if created:
        forget_what_is_held(person)
        told = {"role": ["", role.label], kind_of(scope).called: ["", str(scope)]}
        record(MembershipEvent.GRANTED, by=by, subject=person, scope=within, changes=told)
    return membership


@transaction.atomic
def revoke_role(
    *, membership: Membership, by: Person, within: models.Model | None = None
) -> Person:
    """Take a role away. A programme keeps at least one member of staff."""
    if membership.role == Role.STAFF:
        _keep_one(membership)
    return end_role(membership, by=by, within=within)


def end_role(
    membership: Membership, *, by: Person | None, within: models.Model | None = None
) -> Person:
    """Take a role away whatever is left, inside the transaction of whoever must.

    The audit trail of a programme tells of the roles in it, also where nobody says `within`.
    """
    role, scope, person = Role(membership.role), scope_of(membership), membership.person
    membership.delete()
    forget_what_is_held(person)
    told = {"role": [role.label, ""], kind_of(scope).called: [str(scope), ""]}
    if within is None and role not in HELD_IN:
        within = scope
    record(MembershipEvent.REVOKED, by=by, subject=person, scope=within, changes=told)
    return person


def scope_of(row: Membership | Invitation) -> models.Model:
    """What the role is held in. Nothing that a role may be held in is ever deleted."""
    scope: models.Model | None = row.scope
    assert scope is not None
    return scope


def _keep_one(membership: Membership) -> None:
    staff = Membership.objects.select_for_update().filter(
        role=Role.STAFF, scope_type=membership.scope_type_id, scope_id=membership.scope_id
    )
    # Locked in the same order by everyone, so that the last two cannot both go at once.
    if {each.pk for each in staff.order_by("pk")} <= {membership.pk}:
        raise ValidationError(
            "A programme needs at least one member of staff. Invite another one first, and take this"
            " role away when they have accepted."
        )


def forget_what_is_held(person: Person) -> None:
    """What this person object has read of its roles is out of date."""
    person.__dict__.pop("held", None)
