"""Who holds what."""

from dataclasses import dataclass, field

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
