import io
import zipfile

import pytest

from evaluation.extraction import NotReadable, extract, is_slow
from evaluation.extraction.recognising import FileKind, recognise
from tests.evaluation.extraction import files


def test_a_file_is_known_by_its_content_not_its_name() -> None:
    document = files.word(lambda d: d.add_paragraph("We met."))
    assert recognise("notes.txt", document) is FileKind.WORD
    assert recognise("notes.docx", files.pdf("We met.")) is FileKind.PDF
    assert recognise("notes", files.workbook(["Q"], ["A"])) is FileKind.WORKBOOK
    assert recognise("answers.CSV", b"Q\nA") is FileKind.TABLE
    assert recognise("notes.pdf", b"We met.") is FileKind.PLAIN
    assert recognise("notes.txt", "We met.".encode("utf-16")) is FileKind.PLAIN


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b" \n", "This file is empty"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old or password-protected Office file"),
        (b"{\\rtf1", "rich text file"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xff\xd8\xff\xe0", "a picture"),
        (b"\0\0\0\x18ftypheic", "a picture"),
        (b"RIFF\1\1\1\1WEBP", "a picture"),
        (b"\0\0\0\x18ftypmp42", "a recording"),
        (b"RIFF\1\1\1\1WAVE", "a recording"),
        (b"ID3\3", "a sound recording"),
        (b"MZ\0\0\0\0", "cannot be read"),
        (b"<!DOCTYPE html><p>Hello", "a web page"),
        (b"PK\x03\x04 cut off", "damaged"),
        (files.archive(Index__Document=b"x", a=b"y"), "a zip file"),
        (files.archive(**{"Index/Document.iwa": b"x"}), "iWork"),
        (files.archive(**{"content.xml": b"x"}), "OpenDocument"),
        (files.archive(**{"ppt/presentation.xml": b"x"}), "a presentation"),
        (files.archive(**{"word/document.xml": b"x", "word/vbaProject.bin": b"y"}), "macros"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(content: bytes, sentence: str) -> None:
    with pytest.raises(NotReadable, match=sentence):
        extract("file", content)


def test_an_archive_that_swells_is_not_opened() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("word/document.xml", bytes(120 * 1024 * 1024))
    with pytest.raises(NotReadable, match="unpacks to more than"):
        extract("bomb.docx", buffer.getvalue())


def test_a_text_that_is_too_long_is_refused() -> None:
    with pytest.raises(NotReadable, match=r"longer than 1,000,000"):
        extract("long.txt", b"word " * 200_001)


def test_what_is_left_after_cleaning_must_be_a_text() -> None:
    with pytest.raises(NotReadable, match="no text"):
        extract("bom.txt", b"\xef\xbb\xbf  \n")


def test_only_long_pdfs_are_slow() -> None:
    page = '<p style="break-after: page">Page'
    assert not is_slow("short.pdf", files.pdf(page))
    assert is_slow("long.pdf", files.pdf(page * 41))
    assert not is_slow("notes.txt", b"text")
