"""What Word files can hold and python-docx has no words for: fields, bookmarks, links, fixed bytes."""

import io
import zipfile
from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from documents.printable import printable

BEFORE_ALL_FILES = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can name


def element(tag: str, /, **attributes: str) -> Any:
    """An element of the word processing namespace, such as `element("w:lang", val="en-GB")`."""
    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def add_paragraph(container: Any, text: str = "", style: str = "Normal") -> Any:
    """A paragraph in a style of this name, which python-docx would look up for milliseconds."""
    paragraph = container.add_paragraph(printable(text))
    return in_style(paragraph, style)


def in_style(paragraph: Any, style: str) -> Any:
    paragraph._p.style = style.replace(" ", "")  # so the ids of all our styles are made
    return paragraph


def add_field(paragraph: Any, instruction: str, shown: str = "1") -> None:
    """A field that Word works out itself, such as PAGE, with what is shown until it has."""
    begin = element("w:fldChar", fldCharType="begin")
    code = element("w:instrText")
    code.set(qn("xml:space"), "preserve")
    code.text = f" {instruction} "
    for piece in (begin, code, element("w:fldChar", fldCharType="separate")):
        paragraph.add_run()._r.append(piece)
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(element("w:fldChar", fldCharType="end"))


def bookmark(paragraph: Any, name: str, number: int) -> None:
    """Let links inside the document lead to this paragraph."""
    start = element("w:bookmarkStart", id=str(number), name=name.replace("-", "_"))
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(element("w:bookmarkEnd", id=str(number)))


def add_link(paragraph: Any, text: str, *, address: str = "", goes_to: str = "") -> Any:
    """A link to the web or to a bookmark; the run that carries its text."""
    link = element("w:hyperlink", history="1")
    if address:
        related = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link.set(qn("r:id"), related)
    else:
        link.set(qn("w:anchor"), goes_to.replace("-", "_"))
    run = paragraph.add_run(printable(text))
    run._r.style = "Link"
    link.append(run._r)
    paragraph._p.append(link)
    return run


def repeat_on_each_page(row: Any) -> None:
    """Make a table's row a header row, for screen readers and for every page of the table."""
    row._tr.get_or_add_trPr().append(element("w:tblHeader", val="true"))


def keep_on_one_page(row: Any) -> None:
    row._tr.get_or_add_trPr().append(element("w:cantSplit", val="true"))


def describe(picture: Any, title: str, description: str) -> None:
    """The alternative text of a picture."""
    properties = picture._inline.docPr
    properties.set("title", printable(title))
    properties.set("descr", printable(description))


def set_lines(table: Any, colour: str) -> None:
    """Lines between the rows alone, and some air around the text."""
    borders = element("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(element(f"w:{side}", val="single", sz="4", space="0", color=colour))
    for side in ("left", "right", "insideV"):
        borders.append(element(f"w:{side}", val="nil"))
    margins = element("w:tblCellMar")
    for side, width in (("top", "60"), ("left", "0"), ("bottom", "60"), ("right", "140")):
        margins.append(element(f"w:{side}", w=width, type="dxa"))
    properties = table._tbl.tblPr
    properties.find(qn("w:tblLook")).addprevious(borders)
    properties.find(qn("w:tblLook")).addprevious(margins)


def new_numbering(document: Any, style: str) -> str:
    """The id of a numbering of its own for one numbered list, so that it begins with 1."""
    numbering = document.part.numbering_part.element
    used = document.styles[style].element.pPr.numPr.numId.val
    abstract = numbering.num_having_numId(used).abstractNumId.val
    number = numbering.add_num(abstract)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    return str(number.numId)


def with_fixed_times(content: bytes) -> bytes:
    """The same zip file without the moment at which it was made."""
    fixed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, BEFORE_ALL_FILES)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 0
            new.writestr(entry, old.read(name))
    return fixed.getvalue()
