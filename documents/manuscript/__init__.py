"""Documents: built from blocks, shown as a page, printed as an accessible PDF or a Word file."""

from collections.abc import Iterable

from documents.manuscript.blocks import (
    Block,
    BrokenThread,
    DataTable,
    Entry,
    FileInside,
    Manuscript,
    Part,
    Picture,
    Prose,
    Quote,
    Subheading,
    Thread,
)
from documents.manuscript.html import as_html

__all__ = [
    "Block",
    "BrokenThread",
    "DataTable",
    "Entry",
    "FileInside",
    "Manuscript",
    "Part",
    "Picture",
    "Prose",
    "Quote",
    "Subheading",
    "Thread",
    "as_html",
    "as_pdf",
    "as_word",
]


# What draws them takes a second and 60 MB to import, which the processes that serve pages can save.


def as_pdf(manuscript: Manuscript, *, inside: Iterable[FileInside] = ()) -> bytes:
    """The document as an accessible PDF with these files in it: the same gives the same bytes."""
    from documents.manuscript import pdf  # noqa: PLC0415

    return pdf.as_pdf(manuscript, inside=inside)


def as_word(manuscript: Manuscript) -> bytes:
    """The document as a Word file (.docx): the same manuscript gives the same bytes."""
    from documents.manuscript import word  # noqa: PLC0415

    return word.as_word(manuscript)
