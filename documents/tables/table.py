from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic

from documents.tables.column import Column, Row
from documents.tables.filter import Filter
from documents.tables.search import Search


@dataclass(frozen=True)
class Empty:
    """What the page says when there are no rows at all, and what to do next."""

    sentence: str
    action: str = ""
    address: str = ""


@dataclass(frozen=True)
class Table(Generic[Row]):
    """The declaration of one list. `sort` is a column's key, with a minus for the other way round."""

    noun: str
    nouns: str
    columns: Sequence[Column[Row]]
    sort: str
    empty: Empty
    search: Search | None = None
    filters: Sequence[Filter[Row]] = ()
    per_page: int = 25
    sortable: dict[str, Column[Row]] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "sortable", {column.key: column for column in self.columns if column.sort}
        )
        if self.sort.removeprefix("-") not in self.sortable:
            raise ValueError(f"{self.nouns} cannot be sorted by {self.sort!r}.")

    @property
    def on_page(self) -> list[Column[Row]]:
        return [column for column in self.columns if column.on_page]
