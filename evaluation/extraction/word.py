"""The text of a Word document: paragraphs, headings, tables and notes in reading order.

The document's XML is walked here rather than by python-docx's paragraphs, which pass over text that
was inserted with tracked changes, in text boxes and in content controls.
"""

import io
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import structlog
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml

from evaluation.extraction.outcome import Extracted, NotReadable, several

log = structlog.get_logger(__name__)

DAMAGED = "This Word document is damaged and cannot be read. Open it in Word and save it again."
PARAGRAPH, TABLE, ROW, CELL = qn("w:p"), qn("w:tbl"), qn("w:tr"), qn("w:tc")
RUN_PROPERTIES, HIDDEN, NUMBERED = qn("w:rPr"), qn("w:vanish"), qn("w:numPr")
TEXT, SYMBOL = qn("w:t"), qn("w:sym")
CHARACTERS = {
    qn("w:tab"): "\t",
    qn("w:ptab"): "\t",
    qn("w:br"): "\n",
    qn("w:cr"): "\n",
    qn("w:noBreakHyphen"): "\u2011",
    qn("w:softHyphen"): "\u00ad",
}
DELETED = {qn("w:del"), qn("w:moveFrom")}
INSERTED = {qn("w:ins"), qn("w:moveTo")}
NOTES = {qn("w:footnoteReference"): "footnote", qn("w:endnoteReference"): "endnote"}
TEXT_BOX = qn("w:txbxContent")
PICTURES = {qn("w:drawing"), qn("w:pict"), qn("w:object")}
COMMENT = qn("w:commentReference")
# Older Word reads the fallback, newer the choice: it is the same text twice.
PASSED_OVER = {"{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback", qn("w:pPr")}
NOTE_PARTS = {
    "footnote": RELATIONSHIP_TYPE.FOOTNOTES,
    "endnote": RELATIONSHIP_TYPE.ENDNOTES,
}
# Property flags that say "off" where they stand.
OFF = {"0", "false", "off", "none"}


def read_word(content: bytes) -> Extracted:
    """The text with tracked changes read as if accepted, and warnings on what was left out."""
    try:
        document: Any = Document(io.BytesIO(content))
        walk = _Walk()
        blocks = list(walk.blocks(document.element.body))
        notes = list(_notes(document, walk))
    # A damaged or hostile document makes lxml and python-docx raise nearly anything.
    except Exception as error:
        log.warning("word_unreadable", exc_info=True)
        raise NotReadable(DAMAGED) from error
    if notes:
        blocks += ["Notes", *notes]
    if not blocks:
        raise NotReadable(
            "There is no text in this Word document. If it holds pictures, type what they say."
        )
    return Extracted("\n\n".join(blocks), list(_warnings(walk.seen, document)))


class _Walk:
    """Walks the document once, counting what a reader should hear of."""

    def __init__(self) -> None:
        self.seen: Counter[str] = Counter()
        self.notes: list[tuple[str, str]] = []  # kind and id, in the order of their references
        self._boxes: list[Any] = []

    def blocks(self, parent: Any) -> Iterator[str]:
        """One text for each paragraph and each table that has any."""
        for child in parent:
            if child.tag == PARAGRAPH:
                yield from self._paragraph(child)
            elif child.tag == TABLE:
                table = "\n".join(self._rows(child))
                if table.strip():
                    self.seen["table"] += 1
                    yield table
            else:
                self._count(child)
                if child.tag not in DELETED:
                    yield from self.blocks(child)

    def _paragraph(self, paragraph: Any) -> Iterator[str]:
        if paragraph.find(f"{qn('w:pPr')}/{NUMBERED}") is not None:
            self.seen["list"] += 1
        text = "".join(self._pieces(paragraph)).strip()
        if text:
            yield text
        boxes, self._boxes = self._boxes, []
        for box in boxes:
            self.seen["box"] += 1
            yield from self.blocks(box)

    def _rows(self, table: Any) -> Iterator[str]:
        """A line for each row, its cells apart by tabs; what a cell holds in paragraphs by spaces."""
        for row in table.iter(ROW):
            if next(row.iterancestors(TABLE)) is not table:
                continue  # of a table inside a cell, which is part of that cell's text
            cells = (cell for cell in row.iter(CELL) if next(cell.iterancestors(ROW)) is row)
            line = "\t".join(" ".join(self.blocks(cell)).replace("\n", " ") for cell in cells)
            if line.strip():
                yield line

    def _pieces(self, element: Any) -> Iterator[str]:
        for child in element:
            tag = child.tag
            self._count(child)
            if tag == TEXT:
                yield child.text or ""
            elif tag in CHARACTERS:
                yield CHARACTERS[tag]
            elif tag in NOTES:
                self.notes.append((NOTES[tag], child.get(qn("w:id"))))
                yield f"[{len(self.notes)}]"
            elif tag == TEXT_BOX:
                self._boxes.append(child)
            elif tag not in DELETED and tag not in PASSED_OVER and not self._is_hidden(child):
                yield from self._pieces(child)

    def _is_hidden(self, element: Any) -> bool:
        mark = element.find(f"{RUN_PROPERTIES}/{HIDDEN}")
        hidden = mark is not None and mark.get(qn("w:val"), "true") not in OFF
        self.seen["hidden"] += hidden
        return hidden

    def _count(self, element: Any) -> None:
        tag = element.tag
        if tag in DELETED or tag in INSERTED:
            self.seen["change"] += 1
        elif tag == COMMENT:
            self.seen["comment"] += 1
        elif tag == SYMBOL:
            self.seen["symbol"] += 1
        elif tag in PICTURES and element.find(f".//{TEXT_BOX}") is None:
            self.seen["picture"] += 1


def _notes(document: Any, walk: _Walk) -> Iterator[str]:
    """The notes that were referred to, numbered as in the text."""
    parts = {kind: _note_elements(document, kind) for kind in NOTE_PARTS}
    for number, (kind, note) in enumerate(walk.notes, start=1):
        element = parts[kind].get(note)
        if element is not None:
            yield f"[{number}] " + " ".join(walk.blocks(element))


def _note_elements(document: Any, kind: str) -> dict[str, Any]:
    for relation in document.part.rels.values():
        if relation.reltype == NOTE_PARTS[kind]:
            root = parse_xml(relation.target_part.blob)
            return {note.get(qn("w:id")): note for note in root.iter(qn(f"w:{kind}"))}
    return {}


def _warnings(seen: Counter[str], document: Any) -> Iterator[str]:
    if seen["change"]:
        count = several(seen["change"], "tracked change was", "tracked changes were")
        yield f"{count} read as if accepted. Check that this is what was agreed."
    if seen["comment"]:
        yield f"{several(seen['comment'], 'comment was', 'comments were')} left out."
    if seen["hidden"]:
        yield f"{several(seen['hidden'], 'hidden passage was', 'hidden passages were')} left out."
    if seen["picture"]:
        yield f"{several(seen['picture'], 'picture was', 'pictures were')} left out."
    if seen["symbol"]:
        yield f"{several(seen['symbol'], 'symbol was', 'symbols were')} left out."
    if seen["list"]:
        yield "Bullets and list numbers were left out."
    if seen["table"]:
        yield "Each row of a table is one line, its cells apart by tabs."
    if seen["box"]:
        yield "Text boxes stand after the paragraph they are fixed to. Check their place."
    if _has_header_text(document):
        yield "Page headers and footers were left out."


def _has_header_text(document: Any) -> bool:
    return any(_text_in(part) for section in document.sections for part in _margins(section))


def _margins(section: Any) -> Iterable[Any]:
    return (section.header, section.footer, section.first_page_header, section.first_page_footer)


def _text_in(margin: Any) -> bool:
    return not margin.is_linked_to_previous and any(p.text.strip() for p in margin.paragraphs)
