"""A manuscript as a Word file that people can go on writing in: real styles, fields and links.

The same content gives the same bytes.
"""

import io
from datetime import UTC, datetime, time
from itertools import count
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from documents.manuscript import word_xml
from documents.manuscript.anchors import Anchors
from documents.manuscript.blocks import (
    Block,
    DataTable,
    Manuscript,
    Part,
    Picture,
    Prose,
    Quote,
    Row,
    Subheading,
    Thread,
)
from documents.manuscript.drawing import as_png
from documents.manuscript.word_prose import add_prose
from documents.manuscript.word_styles import LANGUAGE, dress
from documents.printable import printable

MAKER = "Placework"
LINES = "A9C6CC"
TEXT_WIDTH = Mm(166)
UNDATED = datetime(2000, 1, 1, tzinfo=UTC)  # Word wants a date; this one says nothing


def as_word(manuscript: Manuscript) -> bytes:
    """The document as a Word file (.docx)."""
    return _WordFile(manuscript).content()


class _WordFile:
    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        self._anchors = Anchors(manuscript)
        self._bookmarks = count(1)
        self._document: Any = docx.Document()

    def content(self) -> bytes:
        dress(self._document)
        self._set_properties()
        self._add_running_lines()
        self._add_cover()
        self._add_contents()
        for number, part in enumerate(self._manuscript.parts, start=1):
            self._add_part(number, part)
        file = io.BytesIO()
        self._document.save(file)
        return word_xml.with_fixed_times(file.getvalue())

    def _set_properties(self) -> None:
        properties = self._document.core_properties
        written = self._manuscript.written_on
        properties.title = printable(self._manuscript.title)[:255]
        properties.subject = printable(self._manuscript.subtitle)[:255]
        properties.author = properties.last_modified_by = MAKER
        properties.comments = ""
        properties.language = LANGUAGE
        properties.created = properties.modified = (
            datetime.combine(written, time(), UTC) if written else UNDATED
        )

    def _add_running_lines(self) -> None:
        """The title above, and the page's number below, on every page but the cover."""
        section = self._document.sections[0]
        header = section.header.paragraphs[0]
        header.text = printable(self._manuscript.title)
        footer = section.footer.paragraphs[0]
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        footer.add_run("Page ")
        word_xml.add_field(footer, "PAGE")
        footer.add_run(" of ")
        word_xml.add_field(footer, "NUMPAGES")

    def _add_cover(self) -> None:
        self._paragraph(self._manuscript.title, "Title").paragraph_format.space_before = Mm(60)
        if self._manuscript.subtitle:
            self._paragraph(self._manuscript.subtitle, "Subtitle")
        if self._manuscript.notice:
            self._paragraph(self._manuscript.notice, "Notice")
        for name, value in self._manuscript.cover:
            line = self._paragraph(f"{name}: ")
            line.add_run(printable(value)).bold = True

    def _add_contents(self) -> None:
        """A contents field: until Word has worked it out, it shows the headings as links."""
        heading = self._paragraph("Contents", "Contents Heading")
        heading.paragraph_format.page_break_before = True
        first = self._paragraph("", "Contents Entry")
        begin = word_xml.element("w:fldChar", fldCharType="begin", dirty="true")
        code = word_xml.element("w:instrText")
        code.text = r'TOC \o "1-2" \h \z \u'
        for piece in (begin, code, word_xml.element("w:fldChar", fldCharType="separate")):
            first.add_run()._r.append(piece)
        entry = first
        for number, part in enumerate(self._manuscript.parts, start=1):
            entry = first if number == 1 else self._paragraph("", "Contents Entry")
            word_xml.add_link(entry, part.heading, goes_to=f"part-{number}")
        entry.add_run()._r.append(word_xml.element("w:fldChar", fldCharType="end"))

    def _add_part(self, number: int, part: Part) -> None:
        heading = self._paragraph(part.heading, "Heading 1")
        if part.is_short and number > 1 and self._manuscript.parts[number - 2].is_short:
            heading.paragraph_format.page_break_before = False
        word_xml.bookmark(heading, f"part-{number}", next(self._bookmarks))
        level = 1
        for block in part.blocks:
            if isinstance(block, Subheading):
                level = 2
            self._add_block(block, level)

    def _add_block(self, block: Block, level: int) -> None:
        match block:
            case Subheading():
                self._paragraph(block.text, "Heading 2")
            case Prose():
                add_prose(self._document, block.markdown, below=level)
            case Quote():
                self._add_quote(block)
            case Picture():
                self._add_picture(block)
            case DataTable():
                self._add_table(block)
            case Thread():
                self._add_thread(block)

    def _add_quote(self, quote: Quote) -> None:
        words = self._paragraph(quote.text, "Quote")
        if anchor := self._anchors.taken_for_quote(quote.reference):
            word_xml.bookmark(words, anchor, next(self._bookmarks))
        said_by = self._paragraph(quote.attribution, "Attribution")
        if entry := self._anchors.entries.get(quote.reference):
            said_by.add_run(" (")
            word_xml.add_link(said_by, quote.reference, goes_to=entry)
            said_by.add_run(")")

    def _add_picture(self, picture: Picture) -> None:
        self._paragraph(picture.title, "Caption")
        drawn = self._document.add_picture(io.BytesIO(as_png(picture.svg)), width=TEXT_WIDTH)
        word_xml.describe(drawn, picture.title, picture.description)

    def _add_table(self, table: DataTable) -> None:
        total = (table.total,) if table.total else ()
        rows = (*table.rows, *total)
        made = self._new_table(table.caption, table.header, rows, table.numbers)
        for cell in made.rows[-1].cells if total else ():
            for run in cell.paragraphs[0].runs:
                run.bold = True

    def _add_thread(self, thread: Thread) -> None:
        rows = tuple(("", *entry.cells) for entry in thread.entries)
        made = self._new_table(thread.caption, thread.header, rows, frozenset())
        for entry, row in zip(thread.entries, made.rows[1:], strict=True):
            line = row.cells[0].paragraphs[0]
            if quote := self._anchors.quotes.get(entry.reference):
                word_xml.add_link(line, entry.reference, goes_to=quote)
            else:
                line.add_run(printable(entry.reference))
            word_xml.bookmark(line, self._anchors.entries[entry.reference], next(self._bookmarks))

    def _new_table(
        self, caption: str, header: Row, rows: tuple[Row, ...], numbers: frozenset[int]
    ) -> Any:
        self._paragraph(caption, "Caption")
        made = self._document.add_table(rows=0, cols=len(header), style="Table Grid")
        word_xml.set_lines(made, LINES)
        widths = _widths((header, *rows))
        for column, width in zip(made.columns, widths, strict=True):
            column.width = width
        for number, texts in enumerate((header, *rows)):
            row = made.add_row()
            word_xml.keep_on_one_page(row)
            for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
                cell.width = widths[column]
                line = cell.paragraphs[0]
                word_xml.in_style(line, "Table Text")
                line.add_run(printable(text)).bold = number == 0 or None
                if column in numbers:
                    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        word_xml.repeat_on_each_page(made.rows[0])
        self._paragraph("")
        return made

    def _paragraph(self, text: str, style: str = "Normal") -> Any:
        return word_xml.add_paragraph(self._document, text, style)


def _widths(rows: tuple[Row, ...]) -> list[int]:
    """The widths of a table's columns, by the longest text in each within reason."""
    longest = [max(len(text) for text in column) for column in zip(*rows, strict=True)]
    weights = [min(max(length, 6), 40) + 4 for length in longest]
    return [TEXT_WIDTH * weight // sum(weights) for weight in weights]
