"""What we hold about people, declared field by field by every room, in its own `privacy.py`.

    declare(
        "places.Place",
        "Places",
        warden=Held("The warden's name", "So that partners can find them", RECORD),
        not_personal=["id", "name"],
    )

A test fails on a field that is declared nowhere. The privacy page shows what is declared, and the
terms that can be enforced are enforced every day (`accounts.tasks.forget`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

Enforce = Callable[[], int]  # forgets what is due, and says how many rows that were


@dataclass(frozen=True)
class Term:
    """How long something is kept, in words, and what sees to it."""

    words: str
    enforce: Enforce | None = None


@dataclass(frozen=True)
class Held:
    """Something about a person: what, why, and for how long. It ends a sentence for people."""

    what: str
    why: str
    term: Term


@dataclass(frozen=True)
class Declaration:
    model: str
    heading: str
    personal: dict[str, Held]
    not_personal: frozenset[str]

    @property
    def fields(self) -> set[str]:
        return set(self.personal) | self.not_personal


@dataclass(frozen=True)
class Chapter:
    """A heading of the privacy page, and what stands under it, each thing once."""

    heading: str
    held: list[Held] = field(default_factory=list)


ACCOUNT = Term("As long as you have an account")
RECORD = Term("As long as the programme's record is kept")

# What most rows say of themselves.
WHO = Held(
    "Your name, beside what you did and when",
    "So that everyone can see who did what, and ask",
    RECORD,
)

_declarations: dict[str, Declaration] = {}


def declare(
    model: str, heading: str, /, *, not_personal: Iterable[str] = (), **personal: Held
) -> None:
    """Say of every field of one model whether it is about a person, and if so, why we hold it."""
    _declarations[model] = Declaration(model, heading, personal, frozenset(not_personal))


def declarations() -> dict[str, Declaration]:
    return _declarations


def chapters() -> list[Chapter]:
    """What the privacy page says, in the order in which rooms have declared it."""
    found: dict[str, Chapter] = {}
    for declaration in _declarations.values():
        for held in declaration.personal.values():
            chapter = found.setdefault(declaration.heading, Chapter(declaration.heading))
            if held not in chapter.held:
                chapter.held.append(held)
    return list(found.values())


def enforcements() -> list[Enforce]:
    """What sees to the terms, each once."""
    terms = (held.term for each in _declarations.values() for held in each.personal.values())
    return list(dict.fromkeys(term.enforce for term in terms if term.enforce))
