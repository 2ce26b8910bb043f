"""Full-text search as people type it: whole words anywhere, and the beginning of the last one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery, SearchQueryCombinable, SearchVectorField
from django.db.models import F, Func, QuerySet

from documents.tables.column import Row

LONGEST = 200  # characters; what stands beyond is not searched

_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
# A last word that may be unfinished: not one that is excluded (-word) or closes a quotation.
_LAST_WORD = re.compile(r"(?:^|(?<=\s))(\w+)$")


@dataclass(frozen=True)
class Search:
    """What the search box looks through: generated `search` columns, of the row and of rows it names."""

    vectors: Sequence[str] = ("search",)
    hint: str = ""

    def narrow(self, rows: QuerySet[Row], text: str) -> QuerySet[Row]:
        narrowed: QuerySet[Row] = rows.alias(_words=together(self.vectors)).filter(  # type: ignore[assignment]
            _words=query(text)
        )
        return narrowed


def cleaned(text: str) -> str:
    """Without control characters (PostgreSQL refuses NUL) and of a bearable length."""
    return _CONTROL.sub(" ", text).strip()[:LONGEST]


def together(vectors: Sequence[str]) -> F | Func:
    """Several vectors as one, so that each word may be found in another of them."""
    if len(vectors) == 1:
        return F(vectors[0])
    return Func(
        *map(F, vectors),
        template="(%(expressions)s)",
        arg_joiner=" || ",
        output_field=SearchVectorField(),
    )


def query(text: str) -> SearchQueryCombinable:
    """Web-search grammar ("exact words", -not, or), or the same with the last word unfinished."""
    whole = SearchQuery(text, config="english", search_type="websearch")
    last = _LAST_WORD.search(text)
    if last is None:
        return whole
    # Unstemmed as well: the start of a word may stem to something that the whole word does not.
    beginning = f"'{last[1]}':*"
    unfinished = SearchQuery(beginning, config="english", search_type="raw") | SearchQuery(
        beginning, config="simple", search_type="raw"
    )
    before = text[: last.start()].strip()
    if not before:
        return whole | unfinished
    return whole | (SearchQuery(before, config="english", search_type="websearch") & unfinished)
