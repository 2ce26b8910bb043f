"""What a document is made of, before it is a page, a PDF or a Word file.

A room builds a `Manuscript` from its rows; how it looks is decided here, once for all three.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

AnyBlock = TypeVar("AnyBlock")
Row = tuple[str, ...]
SHORT = 600  # characters


class BrokenThread(ValueError):
    """A quote whose reference no entry of the thread resolves."""


@dataclass(frozen=True)
class Prose:
    """Paragraphs in Markdown, as `documents.markdown` reads them."""

    markdown: str


@dataclass(frozen=True)
class Subheading:
    """A heading inside a part; it stands in the contents too."""

    text: str


@dataclass(frozen=True)
class Quote:
    """Somebody's words exactly as they stand in the source, and who spoke as what.

    The reference, such as "Q7", is resolved by an entry of the manuscript's thread.
    """

    text: str
    attribution: str
    reference: str = ""


@dataclass(frozen=True)
class DataTable:
    """A table with one header row; `numbers` names the columns (from 0) that hold figures."""

    caption: str
    header: Row
    rows: tuple[Row, ...]
    numbers: frozenset[int] = frozenset()
    total: Row = ()


@dataclass(frozen=True)
class Picture:
    """A chart from `documents.charts`, and the same figures as rows for those who cannot see it."""

    svg: str
    title: str
    description: str
    rows: tuple[Row, ...] = ()
    header: Row = ("", "Number")


@dataclass(frozen=True)
class Entry:
    """One reference of the thread, and what it resolves to: a cell for each further column."""

    reference: str
    cells: Row


@dataclass(frozen=True)
class Thread:
    """The table that resolves each quote's reference to its source."""

    caption: str
    header: Row  # the first column is the reference
    entries: tuple[Entry, ...]


Block = Prose | Subheading | Quote | DataTable | Picture | Thread


@dataclass(frozen=True)
class Part:
    """A chapter: it begins a page, stands in the contents and in the running header.

    Short ones that follow each other share a page.
    """

    heading: str
    blocks: tuple[Block, ...] = ()

    @property
    def is_short(self) -> bool:
        """Whether it would leave most of a page empty."""
        texts = [
            block.markdown if isinstance(block, Prose) else block.text
            for block in self.blocks
            if isinstance(block, Prose | Subheading | Quote)
        ]
        return len(texts) == len(self.blocks) and sum(map(len, texts)) < SHORT


@dataclass(frozen=True)
class Manuscript:
    """A whole document.

    `cover` is lines of the cover page as ("Place", "Wakefield"); `notice` is said first of all, for
    instance that everything is invented. The same manuscript gives the same bytes, so a date is on
    the document only where it is given.
    """

    title: str
    subtitle: str = ""
    cover: tuple[tuple[str, str], ...] = ()
    notice: str = ""
    parts: tuple[Part, ...] = ()
    written_on: date | None = None

    def __post_init__(self) -> None:
        missing = {quote.reference for quote in self._all(Quote) if quote.reference}
        missing -= {entry.reference for thread in self._all(Thread) for entry in thread.entries}
        if missing:
            raise BrokenThread(f"No entry of the thread resolves {', '.join(sorted(missing))}.")

    def _all(self, kind: type[AnyBlock]) -> Iterator[AnyBlock]:
        for part in self.parts:
            yield from (block for block in part.blocks if isinstance(block, kind))


@dataclass(frozen=True)
class FileInside:
    """A file that travels inside the PDF, such as its data for machines. `made_at` is no clock's."""

    name: str
    content: bytes
    description: str
    made_at: datetime
