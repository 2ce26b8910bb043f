"""A row of the walk, and where the rooms' rows are gathered from."""

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

from django.urls import resolve, reverse

from tests.walk.kinds import SIGN_IN, Answer, Kind, Table, answers
from tests.walk.world import World, build

TESTS = Path(__file__).parents[1]


def no_arguments(world: World) -> Mapping[str, object]:
    return {}


@dataclass(frozen=True)
class Row:
    """What one address answers, to a GET and to an empty POST, by kind of user."""

    name: str
    arguments: Callable[[World], Mapping[str, object]] = no_arguments
    get: Table = field(default_factory=lambda: answers(405))
    post: Table = field(default_factory=dict)
    query: str = ""

    def __post_init__(self) -> None:
        if not self.post:  # refused to all, but a page that is not public sends to sign in first
            public = self.get[Kind.ANONYMOUS] != SIGN_IN
            anonymous: Answer = 405 if public else SIGN_IN
            object.__setattr__(self, "post", answers(405, anonymous=anonymous))

    def path(self, world: World) -> str:
        return reverse(self.name, kwargs=dict(self.arguments(world)))

    def route(self, world: World) -> str:
        return resolve(self.path(world)).route


def modules() -> list[ModuleType]:
    """Every room's `walk.py` and `walk_<noun>.py`."""
    files = sorted(TESTS.glob("*/walk*.py"))
    return [importlib.import_module(f"tests.{file.parent.name}.{file.stem}") for file in files]


def gathered() -> list[Row]:
    return [row for module in modules() for row in getattr(module, "ROWS", [])]


def furnished() -> World:
    """The world with everything that the rooms' rows need in it."""
    world = build()
    for module in modules():
        getattr(module, "furnish", lambda world: None)(world)
    return world
