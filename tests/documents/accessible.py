"""Reads a PDF back, to see whether people who do not see the page can read it too.

faults_of(pdf) == []                  all that a machine can check of PDF/UA-1 and PDF/A-3a here
headings(pdf)                         [(1, "The title"), (2, "Contents"), ...] in reading order
texts_of(pdf, "BlockQuote")           what stands in each quote, line breaks aside
alternatives(pdf), text(pdf)
"""

import io
import re
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
from pypdf import PdfReader

_HEADING = re.compile(r"/H([1-6])")


def faults_of(content: bytes, *, language: str = "en-GB") -> list[str]:
    """What keeps the file from being what it says it is; empty for a good one."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [
            *_faults_of_catalogue(pdf, language),
            *_faults_of_claims(pdf),
            *_faults_of_headings(pdf),
            *_faults_of_tables(pdf),
            *_faults_of_figures(pdf),
            *_faults_of_links(pdf),
            *_faults_of_files_inside(pdf),
            *_faults_of_fonts(pdf),
        ]


def headings(content: bytes) -> list[tuple[int, str]]:
    """Level and text of every heading, in reading order."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        texts = _texts(pdf)
        return [(level, _text_below(element, texts)) for level, element in _headings(pdf)]


def texts_of(content: bytes, tag: str) -> list[str]:
    """The text of every element of this kind ("BlockQuote", "TH", ...), in reading order."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        texts = _texts(pdf)
        return [_text_below(each, texts) for each in _elements(pdf) if f"/{tag}" == each.S]


def alternatives(content: bytes) -> list[str]:
    """The alternative text of every picture."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        return [str(each.get("/Alt", "")) for each in _elements(pdf) if each.S == "/Figure"]


def text(content: bytes) -> str:
    """What the pages show, line by line."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def _faults_of_catalogue(pdf: pikepdf.Pdf, language: str) -> Iterator[str]:
    root = pdf.Root
    if str(root.get("/Lang", "")) != language:
        yield f"The language is {root.get('/Lang')!r} and not {language}."
    if not str(pdf.docinfo.get("/Title", "")):
        yield "There is no title."
    if not root.get("/ViewerPreferences", {}).get("/DisplayDocTitle", False):
        yield "The window would show the file's name instead of the title."
    if not root.get("/MarkInfo", {}).get("/Marked", False):
        yield "It does not say that it is tagged."
    if "/StructTreeRoot" not in root:
        yield "There is no structure."
    intents = root.get("/OutputIntents", [])
    if not any(each.get("/S") == "/GTS_PDFA1" and "/DestOutputProfile" in each for each in intents):
        yield "There is no output intent with a colour profile."
    if "/JavaScript" in root.get("/Names", {}) or "/OpenAction" in root:
        yield "It would run something when opened."


def _faults_of_claims(pdf: pikepdf.Pdf) -> Iterator[str]:
    with pdf.open_metadata() as metadata:
        claims = (metadata.pdfa_status, metadata.get("pdfuaid:part"))
        title = metadata.get("dc:title")
    if claims != ("3A", "1"):
        yield f"It claims PDF/A and PDF/UA {claims} and not ('3A', '1')."
    if title != str(pdf.docinfo.get("/Title", "")):
        yield "The metadata's title is another."
    if b"http://www.aiim.org/pdfua/ns/id/" not in _schemas(pdf):
        yield "The metadata does not describe PDF/UA's own schema, as PDF/A asks."


def _schemas(pdf: pikepdf.Pdf) -> bytes:
    xml = pdf.Root.Metadata.read_bytes()
    return xml.partition(b"pdfaExtension:schemas>")[2]


def _faults_of_headings(pdf: pikepdf.Pdf) -> Iterator[str]:
    levels = [level for level, _ in _headings(pdf)]
    if levels[:1] != [1] or levels.count(1) != 1:
        yield f"There must be one heading of level 1, and first: {levels}"
    for before, after in pairwise(levels):
        if after > before + 1:
            yield f"A heading of level {after} follows one of level {before}."


def _faults_of_tables(pdf: pikepdf.Pdf) -> Iterator[str]:
    for table in _elements(pdf):
        if table.S != "/Table":
            continue
        cells = list(_below(table))
        names = {str(cell.ID) for cell in cells if cell.S == "/TH" and "/ID" in cell}
        if not names:
            yield "A table has no header cells."
        for cell in cells:
            if cell.S == "/TD":
                referred = {str(each) for each in cell.A.get("/Headers", [])}
                if not referred or not referred <= names:
                    yield f"A cell refers to headers {sorted(referred)} of {sorted(names)}."


def _faults_of_figures(pdf: pikepdf.Pdf) -> Iterator[str]:
    for element in _elements(pdf):
        if element.S == "/Figure" and not str(element.get("/Alt", "")).strip():
            yield "A picture has no alternative text."


def _faults_of_links(pdf: pikepdf.Pdf) -> Iterator[str]:
    for number, page in enumerate(pdf.pages, start=1):
        if page.get("/Tabs") != "/S":
            yield f"On page {number} the tab key does not follow the structure."
        for link in page.get("/Annots", []):
            if link.Subtype == "/Widget":
                yield from _faults_of_field(page, link)
                continue
            if "/StructParent" not in link:
                yield f"A link on page {number} is not in the structure."
            if not str(link.get("/Contents", "")).strip():
                yield f"A link on page {number} does not say where it goes."


def _faults_of_field(page: pikepdf.Page, field: pikepdf.Object) -> Iterator[str]:
    """Only such as nobody sees: one on the page would have to be in the structure."""
    left, bottom, right, top = (float(each) for each in field.Rect)
    x, y = (float(each) for each in page.mediabox[:2])
    if (left, bottom) != (right, top) or right >= x or top >= y:
        yield "A field stands on the page and not in the structure."
    if int(field.F) & 0b111 != 0b100:
        yield "A field is hidden or not printed, which PDF/A forbids."
    if not str(field.get("/TU", "")).strip():
        yield "A field does not say what it is."


def _faults_of_files_inside(pdf: pikepdf.Pdf) -> Iterator[str]:
    associated = {each.objgen for each in pdf.Root.get("/AF", [])}
    for name, file in pdf.attachments.items():
        if file.obj.objgen not in associated or "/AFRelationship" not in file.obj:
            yield f"{name} does not say how it belongs to the document, as PDF/A-3 asks."
        if "/Subtype" not in file.obj.EF.F:
            yield f"{name} does not say what kind of file it is."


def _faults_of_fonts(pdf: pikepdf.Pdf) -> Iterator[str]:
    for font in pdf.objects:
        is_font = isinstance(font, pikepdf.Dictionary) and font.get("/Type") == "/FontDescriptor"
        if is_font and not {"/FontFile", "/FontFile2", "/FontFile3"} & set(font.keys()):
            yield f"The font {font.FontName} is not embedded."


def _headings(pdf: pikepdf.Pdf) -> Iterator[tuple[int, pikepdf.Object]]:
    for element in _elements(pdf):
        if match := _HEADING.fullmatch(str(element.S)):
            yield int(match[1]), element


def _elements(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    return _below(pdf.Root.get("/StructTreeRoot", pikepdf.Dictionary()))


def _below(element: pikepdf.Object) -> Iterator[pikepdf.Object]:
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from _below(kid)


Texts = dict[tuple[tuple[int, int], int], str]  # by page object and number of marked content


def _texts(pdf: pikepdf.Pdf) -> Texts:
    found: Texts = {}
    for page in pdf.pages:
        codes = {name: _code_map(font) for name, font in page.Resources.get("/Font", {}).items()}
        open_marks: list[int | None] = []
        font = ""
        for instruction in pikepdf.parse_content_stream(page):
            operator, operands = str(instruction.operator), instruction.operands
            if operator in ("BDC", "BMC"):
                mark = operands[1].get("/MCID") if operator == "BDC" else None
                open_marks.append(None if mark is None else int(mark))
            elif operator == "EMC":
                open_marks.pop()
            elif operator == "Tf":
                font = str(operands[0])
            elif operator == "TJ" and open_marks and open_marks[-1] is not None:
                key = (page.obj.objgen, open_marks[-1])
                found[key] = found.get(key, "") + _decoded(operands[0], codes[font])
    return found


def _code_map(font: pikepdf.Object) -> dict[int, str]:
    pairs = re.findall(rb"<([0-9a-f]+)> <([0-9a-f]+)>\n", font.ToUnicode.read_bytes())
    return {int(code, 16): bytes.fromhex(text.decode()).decode("utf-16-be") for code, text in pairs}


def _decoded(pieces: pikepdf.Object, codes: dict[int, str]) -> str:
    raw = b"".join(bytes(each) for each in pieces if isinstance(each, pikepdf.String))
    return "".join(codes.get(int.from_bytes(raw[i : i + 2]), "�") for i in range(0, len(raw), 2))


def _text_below(element: pikepdf.Object, texts: Texts) -> str:
    if "/ActualText" in element:
        return str(element.ActualText)
    kids = element.get("/K", [])
    page = element.Pg.objgen if "/Pg" in element else (0, 0)
    pieces = []
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            pieces.append(texts.get((page, kid), ""))
        elif "/S" in kid:
            pieces.append(_text_below(kid, texts))
    return "".join(pieces)
