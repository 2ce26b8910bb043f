import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models.expressions import Expression
from django.utils import timezone
from django.utils.formats import date_format

Row = TypeVar("Row", bound=models.Model)

Value = str | int | float | bool | datetime.date | datetime.datetime | None


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: what it holds, for the page and for the files, and by what it is sorted."""

    key: str
    label: str
    value: Callable[[Row], Value]
    link: Callable[[Row], str] | None = None
    tag: Callable[[Row], str] | None = None  # a short mark after the value, on the page only
    # Field names or expressions. Wrap text in Lower: the database sorts by code point.
    sort: Sequence[str | Expression] = ()
    is_number: bool = False
    on_page: bool = True

    def cell(self, row: Row) -> "Cell":
        return Cell(
            text=as_text(self.value(row)),
            link=self.link(row) if self.link else "",
            tag=self.tag(row) if self.tag else "",
            is_number=self.is_number,
        )


@dataclass(frozen=True)
class Cell:
    """What one table cell of a page shows."""

    text: str
    link: str
    tag: str
    is_number: bool


def as_text(value: Any) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value)
        return f"{date_format(local, 'j M Y')}, {date_format(local, 'H:i')}"
    if isinstance(value, datetime.date):
        return date_format(value, "j M Y")
    return str(value)
