"""Who holds what."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from accounts.models import Membership, Person
from accounts.roles import OPERATOR_DESCRIPTION, Role
from accounts.scopes import kind_of, scopes_of


@dataclass(frozen=True)
class Scope:
    """Something that a role is held in, and its page."""

    name: str
    address: str


@dataclass(frozen=True)
class HeldRole:
    """A role as its holder reads it, with everything that it is held in."""

    name: str
    description: str
    scopes: list[Scope] = field(default_factory=list)


def memberships_in(role: Role, *scopes: int) -> QuerySet[Membership]:
    """Who holds a role in the scopes with these ids, of the kind that it is held in."""
    app, _, model = role.held_in.partition(".")
    return Membership.objects.filter(
        role=role, scope_type__app_label=app, scope_type__model=model, scope_id__in=scopes
    )


def roles_of(person: Person) -> list[HeldRole]:
    """Everything that `person` holds, the operator's part included."""
    memberships = Membership.objects.filter(person=person).select_related("scope_type")
    memberships = memberships.order_by("granted_at", "pk")
    rows = scopes_of(memberships)
    held: dict[Role, HeldRole] = {}
    for membership in memberships:
        row = rows[membership.scope_type_id, membership.scope_id]
        role = Role(membership.role)
        reads = held.setdefault(role, HeldRole(role.label, role.description))
        reads.scopes.append(Scope(str(row), kind_of(row).address(row)))
    operator = [HeldRole("Operator", OPERATOR_DESCRIPTION)] if person.is_operator else []
    return [*held.values(), *operator]
