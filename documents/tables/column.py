import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any, Generic, TypeVar

from django.db import models
from django.db.models.expressions import Expression
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.safestring import SafeString

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

    def cell(self, row: Row, *, is_head: bool = False) -> SafeString:
        """The cell as markup.

        Written here with the standard library's `escape`, not in a template: a page has a hundred
        cells, and they would be most of its time.
        """
        shown = escape(as_text(self.value(row))).replace("\n", "<br>")
        if self.link:
            shown = f'<a class="govuk-link" href="{escape(self.link(row))}" hx-boost="false">{shown}</a>'
        if self.tag and (tag := self.tag(row)):
            shown += f' <strong class="govuk-tag govuk-tag--grey">{escape(tag)}</strong>'
        number = " govuk-table__cell--numeric" if self.is_number else ""
        if is_head:
            return SafeString(f'<th scope="row" class="govuk-table__header{number}">{shown}</th>')
        return SafeString(f'<td class="govuk-table__cell{number}">{shown}</td>')


def as_text(value: Any) -> str:
    """A value as people read it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        local = timezone.localtime(value)
        return f"{_day(local.date())}, {local:%H:%M}"
    if isinstance(value, datetime.date):
        return _day(value)
    return str(value)


@lru_cache(maxsize=1024)  # the rows of a list often have the same few days
def _day(value: datetime.date) -> str:
    return date_format(value, "j F Y")
