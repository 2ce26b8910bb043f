"""A manuscript as HTML: the same for the preview on a page and for the PDF."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from documents import markdown
from documents.manuscript.anchors import Anchors
from documents.manuscript.blocks import (
    Block,
    DataTable,
    Entry,
    Manuscript,
    Part,
    Picture,
    Prose,
    Quote,
    Row,
    Subheading,
    Thread,
)
from documents.printable import printable

PREVIEW = "documents/preview.html"
QUOTED_WORDS = "words"  # the class of the element that holds a quote's words and nothing else


@dataclass
class Heading:
    """A heading of the document, as the contents list it."""

    anchor: str
    text: str
    below: list["Heading"] = field(default_factory=list)


@dataclass(frozen=True)
class Shown:
    """A block as its template draws it."""

    template: str
    block: Block
    level: int  # of the heading that it stands under, or that it is
    anchor: str = ""
    goes_to: str = ""  # a quote: the anchor of its entry in the thread
    html: str = ""  # prose: the Markdown; a picture: the SVG
    caption: str = ""
    rows: tuple[SafeString, ...] = ()  # the cells of each; of a thread, the whole row
    numbers: frozenset[int] = frozenset()
    has_total: bool = False


@dataclass(frozen=True)
class ShownPart:
    heading: Heading
    level: int
    blocks: list[Shown]
    is_short: bool


def as_html(manuscript: Manuscript, *, top: int = 2, name: str = "") -> SafeString:
    """The document for a preview on a page, its parts under headings of level `top`.

    The page loads the style sheet `documents/manuscript.css`. Where it shows several manuscripts, each
    has a `name` that its anchors begin with.
    """
    return _rendered(PREVIEW, manuscript, top, name)


def as_whole_page(manuscript: Manuscript) -> SafeString:
    """The document as an HTML page of its own, with cover and contents, for the PDF."""
    return _rendered("documents/pdf.html", manuscript, 2, "")


def _rendered(template: str, manuscript: Manuscript, top: int, name: str) -> SafeString:
    parts = list(_parts(manuscript, top, name))
    context = {
        "manuscript": manuscript,
        "parts": parts,
        "contents": [part.heading for part in parts],
        "preview": template == PREVIEW,
    }
    return mark_safe(printable(render_to_string(template, context)))  # noqa: S308 it only removes


def _parts(manuscript: Manuscript, top: int, name: str) -> Iterator[ShownPart]:
    anchors = Anchors(manuscript, name)
    for number, part in enumerate(manuscript.parts, start=1):
        heading = Heading(f"{name}part-{number}", part.heading)
        blocks = list(_blocks(part, heading, top, anchors))
        yield ShownPart(heading, top, blocks, part.is_short)


def _blocks(part: Part, heading: Heading, top: int, anchors: Anchors) -> Iterator[Shown]:
    level = top
    for block in part.blocks:
        match block:
            case Subheading():
                level = top + 1
                anchor = f"{heading.anchor}-{len(heading.below) + 1}"
                heading.below.append(Heading(anchor, block.text))
                yield Shown("documents/blocks/subheading.html", block, level, anchor=anchor)
            case Prose():
                html = markdown.as_html(block.markdown, below=level)
                yield Shown("documents/blocks/prose.html", block, level, html=html)
            case Quote():
                yield Shown(
                    "documents/blocks/quote.html",
                    block,
                    level,
                    anchor=anchors.taken_for_quote(block.reference),
                    goes_to=anchors.entries.get(block.reference, ""),
                )
            case Picture():
                svg = mark_safe(block.svg)  # noqa: S308 documents.charts escapes what it draws
                numbers = frozenset(range(1, len(block.header)))
                yield Shown(
                    "documents/blocks/picture.html",
                    block,
                    level,
                    html=svg,
                    caption=block.title,
                    rows=_rows(block.rows, numbers),
                    numbers=numbers,
                )
            case DataTable():
                total = (block.total,) if block.total else ()
                yield Shown(
                    "documents/blocks/table.html",
                    block,
                    level,
                    caption=block.caption,
                    rows=_rows((*block.rows, *total), block.numbers),
                    numbers=block.numbers,
                    has_total=bool(total),
                )
            case Thread():
                yield Shown(
                    "documents/blocks/thread.html", block, level, rows=_entries(block, anchors)
                )


# Drawn here and not in a template, as a document may have thousands of cells.


def _rows(rows: tuple[Row, ...], numbers: frozenset[int]) -> tuple[SafeString, ...]:
    return tuple(SafeString("".join(_cells(row, numbers))) for row in rows)


def _cells(row: Row, numbers: frozenset[int]) -> Iterator[str]:
    first, *others = row
    yield f'<th scope="row">{escape(first)}</th>'
    for column, text in enumerate(others, start=1):
        number = ' class="number"' if column in numbers else ""
        yield f"<td{number}>{escape(text)}</td>"


def _entries(thread: Thread, anchors: Anchors) -> tuple[SafeString, ...]:
    return tuple(SafeString(_entry(entry, anchors)) for entry in thread.entries)


def _entry(entry: Entry, anchors: Anchors) -> str:
    reference = escape(entry.reference)
    if quote := anchors.quotes.get(entry.reference):
        reference = f'<a href="#{quote}">{reference}</a>'
    cells = "".join(f"<td>{escape(text)}</td>" for text in entry.cells)
    anchor = anchors.entries[entry.reference]
    return f'<tr id="{anchor}"><th scope="row">{reference}</th>{cells}</tr>'
