"""Documents: built from blocks, shown as a page, printed as an accessible PDF or a Word file."""

from documents.manuscript.blocks import (
    Block,
    BrokenThread,
    DataTable,
    Entry,
    Manuscript,
    Part,
    Picture,
    Prose,
    Quote,
    Subheading,
    Thread,
)
from documents.manuscript.html import as_html
from documents.manuscript.pdf import as_pdf
from documents.manuscript.word import as_word

__all__ = [
    "Block",
    "BrokenThread",
    "DataTable",
    "Entry",
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
