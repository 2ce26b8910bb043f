"""What can cite a clause of an MOU. Rooms above say it; this floor knows none of their things.

In a room's `citing.py`, which is read when Django starts:

    cites(Evidence, name="Evidence", needs="evaluation.change_evidence", seen_by=..., ...)

Who may not see a thing does not learn that it cites, neither from a list nor from a count: lists
ask `seen_by`, and what is counted for all to see asks `open_to_the_place`.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any, Protocol

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from accounts.models import Person
from programmes.models import Project


class UnknownKind(LookupError):
    """No room registered things of this kind."""


class Citing(Protocol):
    """A thing that cites: a row about one project."""

    pk: Any

    @property
    def project(self) -> Project: ...

    def get_absolute_url(self) -> str: ...


@dataclass(frozen=True)
class Seen:
    """A thing that cites, as somebody may see it."""

    words: str
    address: str


@dataclass(frozen=True)
class CitingKind:
    model: type[Model]
    name: str  # as lists call it: "Evidence"
    needs: str  # the permission on the row to let it cite, and to take that back
    # Those among the project's rows with these ids that the person may see; one query.
    seen_by: Callable[[Person, Project, Collection[int]], dict[int, Seen]]
    # Those among them that every partner of the place may see; one query.
    open_to_the_place: Callable[[Project, Collection[int]], set[int]]
    # Why a row can cite nothing any more, as a sentence; empty where it can.
    refusal: Callable[[Any], str]


_kinds: dict[type[Model], CitingKind] = {}


def cites(
    model: type[Model],
    *,
    name: str,
    needs: str,
    seen_by: Callable[[Person, Project, Collection[int]], dict[int, Seen]],
    open_to_the_place: Callable[[Project, Collection[int]], set[int]],
    refusal: Callable[[Any], str] = lambda row: "",
) -> None:
    """Let rows of this model cite clauses of their project's MOU."""
    _kinds[model] = CitingKind(model, name, needs, seen_by, open_to_the_place, refusal)


def kind_of(thing: Citing) -> CitingKind:
    try:
        return _kinds[type(thing)]  # type: ignore[index]
    except KeyError:
        raise UnknownKind(f"{type(thing).__name__} cites nothing.") from None


def kinds_by_type() -> dict[int, CitingKind]:
    """By the id of the content type that citations name."""
    return {ContentType.objects.get_for_model(model).pk: kind for model, kind in _kinds.items()}
