"""Who holds what."""

from dataclasses import dataclass

from accounts.models import Membership, Person
from accounts.roles import OPERATOR_DESCRIPTION, Role
from accounts.scopes import kind_of, scopes_of


@dataclass(frozen=True)
class HeldRole:
    """A role as its holder reads it: "Enabler" of "Dudley: dementia", on that page."""

    name: str
    description: str
    scope: str = ""
    address: str = ""


def roles_of(person: Person) -> list[HeldRole]:
    """Everything that `person` holds, the operator's part included."""
    memberships = Membership.objects.filter(person=person).select_related("scope_type")
    memberships = memberships.order_by("granted_at", "pk")
    scopes = scopes_of(memberships)
    held = []
    for membership in memberships:
        scope = scopes[membership.scope_type_id, membership.scope_id]
        role = Role(membership.role)
        held.append(
            HeldRole(role.label, role.description, str(scope), kind_of(scope).address(scope))
        )
    if person.is_operator:
        held.append(HeldRole("Operator", OPERATOR_DESCRIPTION))
    return held
