"""What a section, a chart of evidence and the thread of quotes become in any document."""

from collections.abc import Callable, Iterable

from django.utils.formats import date_format

from documents.charts import bars
from documents.manuscript import Block, Entry, Picture, Prose, Quote, Thread
from evaluation.models import Excerpt
from evaluation.queries.coding import Branch
from evaluation.queries.readings import Quoted, ReadSection
from evaluation.quote_marks import Words

NOT_WRITTEN = Prose("*Not written yet.*")

Reference = Callable[[str], str]  # from "Q7" to what the document calls it


def as_blocks(read: ReadSection, called: Reference) -> list[Block]:
    return [
        Prose(piece.text) if isinstance(piece, Words) else _quote(piece, called)
        for piece in read.pieces
    ]


def _quote(quoted: Quoted, called: Reference) -> Block:
    reference = called(quoted.reference)
    if quoted.excerpt is None or not quoted.stands:
        return Prose(
            f"**Withdrawn:** {plain(reference)} may no longer be quoted: {quoted.why_not}."
        )
    return Quote(quoted.excerpt.quote, quoted.excerpt.attribution, reference)


def plain(words: str) -> str:
    """Somebody's name, or a place's, as Markdown that says just that."""
    return "".join(f"\\{each}" if each in "\\`*_[]<>&!#" else each for each in words)


def chart_of_evidence(branches: Iterable[Branch]) -> Picture:
    """How many excerpts are coded to each dimension, those of its sub-dimensions among them."""
    rows = [(branch.dimension.name, branch.count) for branch in branches]
    title = "Evidence by dimension"
    description = "The number of excerpts coded to each dimension."
    return picture(title, description, rows, ("Dimension", "Excerpts"))


def picture(
    title: str, description: str, rows: list[tuple[str, int]], header: tuple[str, str]
) -> Picture:
    return Picture(
        svg=bars(title, description, rows),
        title=title,
        description=description,
        rows=tuple((label, f"{number:,}") for label, number in rows),
        header=header,
    )


def thread(excerpts: Iterable[tuple[str, Excerpt]], within: str = "") -> Thread:
    """Where each quote comes from: the reference that the document gives it, and its excerpt.

    `within` names the part of the document, where several have a thread of their own.

    Titles of evidence stay out of it: they may name somebody, and the thread needs them not.
    """
    return Thread(
        caption=f"Where each quote comes from: {within}"
        if within
        else "Where each quote comes from",
        header=("Reference", "Evidence", "Collected", "Who spoke", "Text", "Characters"),
        entries=tuple(_entry(reference, excerpt) for reference, excerpt in excerpts),
    )


def _entry(reference: str, excerpt: Excerpt) -> Entry:
    version = excerpt.version
    evidence = version.evidence
    collected = evidence.collected_on
    return Entry(
        reference,
        (
            f"{evidence.reference}, {evidence.source.get_kind_display().lower()}",
            date_format(collected, "j M Y") if collected else "no date",
            excerpt.attribution or "not recorded",
            f"version {version.number}, {version.sha256[:12]}",
            f"{excerpt.start + 1:,} to {excerpt.end:,}",
        ),
    )
