"""One reader's view of a table: what they search for, how it is sorted, which page of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic
from urllib.parse import urlencode

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet
from django.db.models.expressions import OrderBy
from django.http import QueryDict
from django.utils.safestring import SafeString

from accounts.forms.wording import reword
from documents.tables.column import Column, Row
from documents.tables.search import LONGEST, cleaned
from documents.tables.table import Table


@dataclass(frozen=True)
class Header:
    """A column's head: its label, and how it sorts now and when it is followed."""

    key: str
    label: str
    is_number: bool
    address: str
    aria_sort: str


class Listing(Generic[Row]):
    """Whatever stands in the address gives a sane page: what makes no sense is left out."""

    def __init__(self, table: Table[Row], rows: QuerySet[Row], asked: QueryDict) -> None:
        self.table = table
        self._rows = rows
        self._asked = asked
        self.form = self._form()
        self.form.is_valid()

    def _form(self) -> forms.Form:
        fields: dict[str, forms.Field] = {}
        if self.table.search:
            fields["q"] = forms.CharField(
                label=f"Search {self.table.nouns}",
                help_text=self.table.search.hint,
                required=False,
                widget=forms.TextInput({"type": "search", "maxlength": LONGEST}),
            )
        fields |= {each.key: each.field() for each in self.table.filters}
        asked = {key: cleaned(self._asked.get(key, "")) for key in fields if key in self._asked}
        form = forms.Form(asked, use_required_attribute=False)
        form.fields = fields
        reword(form, {})
        return form

    @cached_property
    def narrowing(self) -> dict[str, Any]:
        """What the reader asked for and the form understood, of its search and filters."""
        return {key: value for key, value in self.form.cleaned_data.items() if value}

    @cached_property
    def sort(self) -> str:
        asked = self._asked.get("sort", "")
        return asked if asked.removeprefix("-") in self.table.sortable else self.table.sort

    @property
    def chosen_sort(self) -> str:
        """The order, where it is not the usual one."""
        return "" if self.sort == self.table.sort else self.sort

    @property
    def number(self) -> str:
        return str(self.page.number)

    @cached_property
    def rows(self) -> QuerySet[Row]:
        """Every row that was asked for, in order."""
        rows = self._rows
        if self.table.search and "q" in self.narrowing:
            rows = self.table.search.narrow(rows, self.narrowing["q"])
        for each in self.table.filters:
            if each.key in self.narrowing:
                rows = each.narrow(rows, self.narrowing[each.key])
        return rows.order_by(*self._order())

    def _order(self) -> Iterator[OrderBy | str]:
        descending = self.sort.startswith("-")
        for part in self.table.sortable[self.sort.removeprefix("-")].sort:
            term = F(part) if isinstance(part, str) else part
            # Nothing is said of empty values where there are none: an index is of use then.
            last = True if self._may_be_empty(part) else None
            yield OrderBy(term, descending=descending, nulls_last=last)
        yield "-pk" if descending else "pk"  # so that no row is on two pages or on none

    def _may_be_empty(self, part: object) -> bool:
        return not any(
            field.name == part and not field.null for field in self._rows.model._meta.fields
        )

    @cached_property
    def page(self) -> Page[Row]:
        return Paginator(self.rows, self.table.per_page).get_page(self._asked.get("page"))

    def lines(self) -> list[SafeString]:
        """The cells of each row of this page, as markup."""
        first, *others = self.table.on_page
        return [
            SafeString(
                first.cell(row, is_head=True) + "".join(column.cell(row) for column in others)
            )
            for row in self.page
        ]

    def headers(self) -> list[Header]:
        return [self._header(column) for column in self.table.on_page]

    def _header(self, column: Column[Row]) -> Header:
        address = aria_sort = ""
        if column.key in self.table.sortable:
            now = self.sort.removeprefix("-") == column.key
            down = self.sort.startswith("-")
            address = self.address(sort=f"-{column.key}" if now and not down else column.key)
            aria_sort = ("descending" if down else "ascending") if now else "none"
        return Header(column.key, column.label, column.is_number, address, aria_sort)

    def address(self, **changed: str) -> str:
        """This listing's query string with something changed. A new order begins at page 1."""
        query: dict[str, str] = {key: self.form.data[key] for key in self.narrowing}
        if self.chosen_sort:
            query["sort"] = self.chosen_sort
        return "?" + urlencode(query | changed)

    def pages(self) -> list[tuple[str, str]]:
        """(number or an ellipsis, address) for the pagination, with the ends always in it."""
        numbers = self.page.paginator.get_elided_page_range(
            self.page.number, on_each_side=1, on_ends=1
        )
        return [
            (str(number), self.address(page=str(number)) if isinstance(number, int) else "")
            for number in numbers
        ]

    def previous(self) -> str:
        return self.address(page=str(self.page.number - 1)) if self.page.has_previous() else ""

    def next(self) -> str:
        return self.address(page=str(self.page.number + 1)) if self.page.has_next() else ""

    def csv_address(self) -> str:
        return self.address(download="csv")

    def xlsx_address(self) -> str:
        return self.address(download="xlsx")

    def counted(self) -> str:
        """ "12 places", or "Places 26 to 50 of 3,000"."""
        page, nouns = self.page, self.table.nouns
        total = page.paginator.count
        if page.paginator.num_pages == 1:
            return f"{total} {self.table.noun if total == 1 else nouns}"
        shown = f"{page.start_index():,} to {page.end_index():,} of {total:,}"
        return f"{nouns[:1].upper()}{nouns[1:]} {shown}"
