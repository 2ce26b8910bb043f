"""Two answers to one question put together, where two people wrote at once."""

from dataclasses import dataclass

from documents.differences import merge
from programmes.answers.kinds import Value
from programmes.models import QuestionKind


@dataclass(frozen=True)
class Together:
    """What both wrote as one, as a proposal to read and save."""

    value: Value
    is_clean: bool  # both are in it, each in its own place


def together(kind: str, base: Value, mine: Value, theirs: Value) -> Together:
    """Both what `mine` and what `theirs` changed in `base`. Where only one can stand, it is mine."""
    if kind == QuestionKind.TEXT:
        merged = merge(*(value if isinstance(value, str) else "" for value in (base, mine, theirs)))
        return Together(merged.text, merged.is_clean)
    if kind == QuestionKind.PARTNERS:
        return _rows(*(value if isinstance(value, list) else [] for value in (base, mine, theirs)))
    return Together(mine, is_clean=False)


def _rows(base: list[Value], mine: list[Value], theirs: list[Value]) -> Together:
    taken_away = [row for row in base if row not in mine]
    added = [row for row in mine if row not in base and row not in theirs]
    kept = [row for row in theirs if row not in taken_away]
    lost = [row for row in taken_away if row not in theirs]  # by both
    return Together(kept + added, is_clean=not (added and lost))
