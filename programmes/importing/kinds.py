"""What a cell may hold, and how what somebody typed becomes a value."""

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from accounts.forms.wording import FIRST_YEAR, LAST_YEAR
from programmes.importing.faults import Unreadable, quoted
from programmes.importing.grids import CellError, Formula, Raw
from programmes.importing.words import bare, squeezed, suggestion

Validator = Callable[[Any], None]

# Control characters and lone surrogates cannot be shown, and the database refuses the first of them.
UNSHOWABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
UK_DATE = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})")
ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})(?:[T ]00:00(?::00)?)?")
SPELT_DATE = ("%d %B %Y", "%d %b %Y")
WHOLE_NUMBER = re.compile(r"[+-]?(?:[0-9]{1,15}|[0-9]{1,3}(?:,[0-9]{3}){1,4})(?:\.0*)?")


def refuse_unreadable(raw: Raw) -> None:
    """Formulas and errors are refused whatever the column's kind."""
    if isinstance(raw, Formula):
        raise Unreadable(
            f"This cell holds a formula ({quoted(raw.text)}). Replace it with the value it shows."
        )
    if isinstance(raw, CellError):
        raise Unreadable(
            f"This cell shows the error {raw.text}. Write the value that belongs here."
        )


class Kind(ABC):
    """What one column's cells hold."""

    @property
    @abstractmethod
    def words(self) -> str:
        """What to write, for the explanation of the column."""

    @abstractmethod
    def read(self, raw: Raw) -> Any:
        """The value. Raises Unreadable; never called for a blank cell."""


@dataclass(frozen=True)
class Text(Kind):
    """Words: on one line unless `many_lines`."""

    max_length: int | None = None
    many_lines: bool = False
    validators: Sequence[Validator] = ()
    refusal: str = ""  # what follows the value that a validator refused, if not its own sentence

    @property
    def words(self) -> str:
        kind = "text, also of several lines" if self.many_lines else "text"
        return f"{kind}, at most {self.max_length:,} characters" if self.max_length else kind

    def read(self, raw: Raw) -> str:
        text = self._tidied(_as_text(raw))
        if found := UNSHOWABLE.search(text):
            raise Unreadable(
                f"This cell holds a character that cannot be shown (U+{ord(found[0]):04X})."
                " Delete it."
            )
        if self.max_length and len(text) > self.max_length:
            raise Unreadable(
                f"This is {len(text):,} characters long. Shorten it to {self.max_length:,}."
            )
        for validator in self.validators:
            self._check(validator, text)
        return text

    def _check(self, validator: Validator, text: str) -> None:
        try:
            validator(text)
        except ValidationError as error:
            own = " ".join(error.messages)
            raise Unreadable(f"{quoted(text)} {self.refusal}" if self.refusal else own) from error

    def _tidied(self, text: str) -> str:
        if self.many_lines:
            return text.replace("\r\n", "\n").replace("\r", "\n").strip()
        return squeezed(text)


# Where Django's own sentence says that a value is wrong, but not what to write.
REFUSALS: Mapping[type[Any], str] = {
    models.EmailField: "is not an e-mail address. Write one, as ada.green@example.org.",
    models.URLField: "is not a web address. Write it in full, as https://www.example.org.",
    models.SlugField: "cannot stand in an address. Write a to z, figures and hyphens alone.",
}


def text_of(model: type[models.Model], field_name: str) -> Text:
    """The text that a model's field takes: its length, its lines and its own checks."""
    field = model._meta.get_field(field_name)
    assert isinstance(field, models.CharField | models.TextField)
    length = getattr(field, "max_length", None)
    own = [check for check in field.validators if type(check).__name__ not in LENGTH_CHECKS]
    refusal = next((told for kind, told in REFUSALS.items() if isinstance(field, kind)), "")
    return Text(length, isinstance(field, models.TextField), tuple(own), refusal)


LENGTH_CHECKS = ("MaxLengthValidator", "ProhibitNullCharactersValidator")


@dataclass(frozen=True)
class Whole(Kind):
    """A whole number."""

    least: int = 0
    most: int = 2_147_483_647

    @property
    def words(self) -> str:
        return f"a whole number from {self.least:,}" + (
            f" to {self.most:,}" if self.most < 2_147_483_647 else ""
        )

    def read(self, raw: Raw) -> int:
        number = self._number(raw)
        if number is None:
            raise Unreadable(f"{quoted(raw)} is not a whole number. Write one in figures.")
        if not self.least <= number <= self.most:
            raise Unreadable(
                f"{quoted(raw)} is out of range. Write a number from {self.least:,} to"
                f" {self.most:,}."
            )
        return number

    def _number(self, raw: Raw) -> int | None:
        if isinstance(raw, bool):
            return None
        if isinstance(raw, int):
            return raw
        if isinstance(raw, float):
            return int(raw) if raw.is_integer() else None
        if isinstance(raw, str):
            text = raw.strip()
            if WHOLE_NUMBER.fullmatch(text):
                return int(text.split(".")[0].replace(",", ""))
        return None


@dataclass(frozen=True)
class Day(Kind):
    """A date: a date cell, or text as 2014-02-28, 28/02/2014 or 28 February 2014."""

    words = "a date, as 28/02/2014 or 2014-02-28"

    def read(self, raw: Raw) -> date:
        found = self._date(raw)
        if found is None:
            raise Unreadable(f"{quoted(raw)} is not a date. Write it as 28/02/2014 or 2014-02-28.")
        if not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise Unreadable(
                f"{quoted(raw)} is not a likely date."
                f" Write a year from {FIRST_YEAR} to {LAST_YEAR}."
            )
        return found

    def _date(self, raw: Raw) -> date | None:
        if isinstance(raw, datetime):
            return raw.date()
        if isinstance(raw, date):
            return raw
        return self._written(raw.strip()) if isinstance(raw, str) else None

    def _written(self, text: str) -> date | None:
        try:
            if found := ISO_DATE.fullmatch(text):
                return date(int(found[1]), int(found[2]), int(found[3]))
            if found := UK_DATE.fullmatch(text):
                return date(int(found[3]), int(found[2]), int(found[1]))
        except ValueError:
            return None
        for form in SPELT_DATE:
            try:
                return datetime.strptime(squeezed(text), form).date()  # noqa: DTZ007 a date has no zone
            except ValueError:
                continue
        return None


@dataclass(frozen=True)
class Choice(Kind):
    """One of a few words, however written: label, value, or another name."""

    what: str  # "a sector"
    choices: Sequence[tuple[str, str]]  # value, label
    others: Mapping[str, str] = field(default_factory=dict)  # another name: value

    @property
    def words(self) -> str:
        return "one of: " + "; ".join(self.labels)

    @property
    def labels(self) -> list[str]:
        return [label for _, label in self.choices]

    def read(self, raw: Raw) -> str:
        text = squeezed(_as_text(raw))
        found = self._by_name().get(bare(text))
        if found is None:
            known = ", ".join(self.labels)
            raise Unreadable(
                f"{quoted(text)} is not {self.what}.{suggestion(text, self.labels)}"
                f" Write one of: {known}."
            )
        return found

    def _by_name(self) -> dict[str, str]:
        names = {bare(other): value for other, value in self.others.items()}
        for value, label in self.choices:
            names[bare(value)] = names[bare(label)] = value
        return names


@dataclass(frozen=True)
class YesNo(Kind):
    """Yes or no."""

    words = "yes or no"
    labels = ("yes", "no")

    def read(self, raw: Raw) -> bool:
        if isinstance(raw, bool):
            return raw
        text = bare(_as_text(raw))
        if text in ("yes", "y", "true", "1"):
            return True
        if text in ("no", "n", "false", "0"):
            return False
        raise Unreadable(f"{quoted(raw)} is neither yes nor no. Write yes, or no.")


@dataclass(frozen=True)
class Reference(Kind):
    """The name of a row: on another sheet, or held already. Who plans the row looks it up."""

    sheet: str
    what: str  # "place"
    max_length: int = 200

    @property
    def words(self) -> str:
        return f"the name of one {self.what}, as on the sheet “{self.sheet}” or held already"

    def read(self, raw: Raw) -> str:
        return Text(self.max_length).read(raw)


@dataclass(frozen=True)
class Names(Kind):
    """Several names in one cell, between semicolons or on lines of their own."""

    what: str  # "dimensions"

    @property
    def words(self) -> str:
        return f"one or more {self.what}, with semicolons between"

    def read(self, raw: Raw) -> list[str]:
        text = Text(many_lines=True).read(raw)
        names = [squeezed(name) for name in re.split(r"[;\n]", text)]
        return [name for name in names if name]


def choices_of(choices: type[models.TextChoices]) -> list[tuple[str, str]]:
    return [(str(value), str(label)) for value, label in choices.choices]


def _as_text(raw: Raw) -> str:
    if isinstance(raw, datetime | date | time | timedelta):
        raise Unreadable(
            "This cell holds a date or a time. Write words, or format the cell as text."
        )
    if isinstance(raw, bool):
        return "TRUE" if raw else "FALSE"
    if isinstance(raw, float) and raw.is_integer() and abs(raw) < 1e15:
        return str(int(raw))
    return str(raw)
