"""Who may see and change what this room holds: the predicates, each named once."""

from programmes.permissions import calls, mou
from programmes.permissions.programmes import (
    belongs_through_a_project,
    has_a_role_in_the_programme,
    is_enabler_of_the_project,
    is_evaluator,
    is_partner_of_the_place,
    is_staff,
    programme_of,
)

__all__ = [
    "belongs_through_a_project",
    "calls",
    "has_a_role_in_the_programme",
    "is_enabler_of_the_project",
    "is_evaluator",
    "is_partner_of_the_place",
    "is_staff",
    "mou",
    "programme_of",
]
