"""What stands on people's home page: each room names its panels, and this floor knows none of them.

In a room's `panels.py`, which is found by its name:

    panel("Case studies to review", "evaluation:home_reviews", roles=[Role.EVALUATOR])

The named page answers the question "what needs me now?" for its room. It is a page of its own, and
htmx fetches its fragment into the home page. It has no arguments and may be empty.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import Person
from accounts.roles import Role


@dataclass(frozen=True)
class Panel:
    name: str
    url_name: str
    roles: frozenset[Role]
    operators: bool


_panels: list[Panel] = []


def panel(name: str, url_name: str, *, roles: Iterable[Role], operators: bool = False) -> None:
    """Put a panel on the home page of whoever holds one of `roles` anywhere (and of operators)."""
    _panels.append(Panel(name, url_name, frozenset(roles), operators))


def panels_for(person: Person) -> list[Panel]:
    return [
        panel
        for panel in _panels
        if person.holds_anywhere(*panel.roles) or (panel.operators and person.is_operator)
    ]
