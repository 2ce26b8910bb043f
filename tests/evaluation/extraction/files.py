"""Files as people have them, made here so that a test says what is in them."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from typing import Any

from docx import Document
from docx.oxml.parser import parse_xml
from openpyxl import Workbook
from weasyprint import HTML

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(fill: Callable[[Any], object]) -> bytes:
    document = Document()
    fill(document)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def paragraph(document: Any, inside: str) -> None:
    """A paragraph of raw WordprocessingML, for what python-docx cannot write."""
    body = document.element.body
    body.insert(len(body) - 1, parse_xml(f"<w:p {W}>{inside}</w:p>"))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def pdf(html: str) -> bytes:
    return bytes(HTML(string=f"<title>Test</title>{html}").write_pdf())


def workbook(*rows: list[Any], then: Callable[[Workbook], object] = lambda book: None) -> bytes:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    then(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def archive(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


@cache
def long_pdf() -> bytes:
    """One that takes so long to read that a job does it."""
    return pdf('<p style="break-after: page">Page' * 41)
