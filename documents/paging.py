"""Short lists that stand among other things on a page, shown so many at a time.

They are not counted: one row more than is shown tells whether there are others.
The page's template draws the way to them:
{% include "page/newer_and_older.html" with some=files what="files" %}
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import QueryDict

Row = TypeVar("Row", bound=Model)
AT_ONCE = 10
FARTHEST = 10_000  # what is asked for beyond makes no sense


@dataclass(frozen=True)
class Some(Generic[Row]):
    """Some rows of a list, newest first, which of its pages they are, and the addresses around it."""

    rows: list[Row]
    number: int
    newer: str
    older: str

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __bool__(self) -> bool:
        return bool(self.rows)


def some_of(rows: QuerySet[Row], asked: QueryDict, name: str) -> Some[Row]:
    """The rows of the page that `name` in the address asks for; the newest, if that makes no sense."""
    number = _number(asked.get(name, ""))
    first = (number - 1) * AT_ONCE
    found = list(rows[first : first + AT_ONCE + 1])
    return Some(
        rows=found[:AT_ONCE],
        number=number,
        newer=_address(asked, name, number - 1) if number > 1 else "",
        older=_address(asked, name, number + 1) if len(found) > AT_ONCE else "",
    )


def _number(asked: str) -> int:
    makes_sense = asked.isascii() and asked.isdecimal() and len(asked) <= len(str(FARTHEST))
    return max(1, int(asked)) if makes_sense else 1


def _address(asked: QueryDict, name: str, number: int) -> str:
    others = asked.copy()
    others[name] = str(number)
    return f"?{others.urlencode()}"
