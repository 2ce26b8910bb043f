"""What each kind of question takes for an answer, as it is stored (`Answer.value`), checked and shown."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from places.models import Sector
from programmes.answers.amounts import amount_in_words, number_in_words
from programmes.answers.words import count_words, has_words
from programmes.models import Question, QuestionKind

Value = Any  # what `Answer.value` says
MOST_PARTNERS = 40
LONGEST_CELL = 300  # characters
CHANGED = "The question has changed since it was answered. Answer it again."

_K = QuestionKind


def fits(question: Question, value: Value) -> bool:
    """Whether a value is of the kind that the question asks for now; it may have been changed."""
    if value is None:
        return True
    match question.kind:
        case _K.TEXT | _K.CHOICE:
            return isinstance(value, str)
        case _K.NUMBER | _K.MONEY:
            return isinstance(value, str) and _is_decimal(value)
        case _K.DECLARATION:
            return isinstance(value, bool)
        case _K.FILE:
            return isinstance(value, int) and not isinstance(value, bool)
        case _:
            return isinstance(value, list)


def _is_decimal(value: str) -> bool:
    try:
        return Decimal(value).is_finite()
    except ArithmeticError:
        return False


def is_answered(question: Question, value: Value) -> bool:
    if isinstance(value, str):
        return has_words(value)
    return value is not None and value != []


def faults_of(question: Question, value: Value) -> list[str]:
    """What must be put right before it can be submitted, a sentence each. It can be saved as it is."""
    if not fits(question, value):
        return [CHANGED]
    if not is_answered(question, value):
        return ["Answer this question."] if question.is_required else []
    check = _CHECKS.get(QuestionKind(question.kind))
    return check(question, value) if check else []


def _text(question: Question, value: str) -> list[str]:
    count = count_words(value)
    if question.word_limit is None or count <= question.word_limit:
        return []
    return [f"Shorten your answer to {question.word_limit:,} words or fewer. It has {count:,}."]


def _number(question: Question, value: str) -> list[str]:
    number = Decimal(value)
    said = amount_in_words if question.kind == _K.MONEY else number_in_words
    if question.minimum is not None and number < question.minimum:
        return [f"It must be {said(question.minimum)} or more."]
    if question.maximum is not None and number > question.maximum:
        return [f"It must be {said(question.maximum)} or less."]
    return []


def _choice(question: Question, value: str) -> list[str]:
    return (
        [] if value in question.choices else ["What was chosen is no longer offered. Choose again."]
    )


def _partners(question: Question, rows: list[dict[str, str]]) -> list[str]:
    found = []
    for number, row in enumerate(rows, start=1):
        lacks = [
            words
            for cell, words in (("organisation", "the organisation"), ("sector", "its sector"))
            if not row.get(cell)
        ]
        if lacks:
            found.append(f"Partner {number}: enter {' and '.join(lacks)}.")
        if any(len(cell) > LONGEST_CELL for cell in row.values()):
            found.append(f"Partner {number}: say it in {LONGEST_CELL} characters or fewer.")
    return found


_CHECKS: dict[QuestionKind, Callable[[Question, Any], list[str]]] = {
    _K.TEXT: _text,
    _K.NUMBER: _number,
    _K.MONEY: _number,
    _K.CHOICE: _choice,
    _K.PARTNERS: _partners,
}


def as_text(question: Question, value: Value) -> str:
    """An answer in words, for comparing, for files, and for those who cannot see a table.

    A file is shown by its row, of which its id says nothing.
    """
    if not fits(question, value):
        return value if isinstance(value, str) else ""
    if not is_answered(question, value):
        return ""
    match question.kind:
        case _K.NUMBER:
            return number_in_words(Decimal(value))
        case _K.MONEY:
            return amount_in_words(Decimal(value))
        case _K.DECLARATION:
            return "Yes" if value else "No"
        case _K.FILE:
            return ""
        case _K.PARTNERS:
            return "\n".join(partner_in_words(row) for row in value)
        case _:
            return str(value)


def partner_in_words(row: dict[str, str]) -> str:
    """`Age UK (Voluntary and community): visits people at home`."""
    sector = sector_in_words(row.get("sector", ""))
    name = row.get("organisation") or "No organisation"
    part = row.get("part", "")
    return name + (f" ({sector})" if sector else "") + (f": {part}" if part else "")


def sector_in_words(sector: str) -> str:
    return dict(Sector.choices).get(sector, sector)
