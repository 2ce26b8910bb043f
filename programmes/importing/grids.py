"""Rows of cells as they stand in a file, before anything is made of them."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Formula:
    """A cell that holds a formula: what it shows depends on other cells, so it is never taken."""

    text: str


@dataclass(frozen=True)
class CellError:
    """A cell in which the spreadsheet shows an error, such as #REF!."""

    text: str


Raw = str | int | float | bool | datetime | date | time | timedelta | Formula | CellError | None


@dataclass(frozen=True)
class Remark:
    """Something about the file's form that a reader cannot see in the values: merged or hidden cells."""

    row: int
    column: int  # from 1; 0 is the row as a whole
    sentence: str


@dataclass
class Grid:
    """One sheet. Blank rows are left out; the numbers are those that a spreadsheet shows."""

    name: str
    rows: list[tuple[int, list[Raw]]]
    is_hidden: bool = False
    faults: list[Remark] = field(default_factory=list)
    warnings: list[Remark] = field(default_factory=list)


# Called with how much is done, of how much, and what is being done.
Progress = Callable[[int, int, str], None]


def no_progress(done: int, of: int, what: str) -> None:
    """For callers that show none."""


def is_blank(raw: Raw) -> bool:
    return raw is None or (isinstance(raw, str) and not raw.strip())


def letter(column: int) -> str:
    """What a spreadsheet calls the column: 1 is A, 27 is AA."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
