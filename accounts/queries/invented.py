"""The invented people of the demonstration."""

from dataclasses import dataclass

from accounts.models import Person
from accounts.queries.memberships import HeldRole, roles_of


@dataclass(frozen=True)
class InventedPerson:
    person: Person
    roles: list[HeldRole]


def invented_people() -> list[InventedPerson]:
    """Everyone who was invented, with what they hold: a handful, so a few queries each."""
    people = Person.objects.filter(is_invented=True, is_active=True).order_by("pk")
    return [InventedPerson(person, roles_of(person)) for person in people]
