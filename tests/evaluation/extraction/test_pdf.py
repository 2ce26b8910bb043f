import io
import re
from collections.abc import Callable

import pytest
from pypdf import PdfWriter
from pypdf.generic import EncodedStreamObject, NameObject, NumberObject

from evaluation.extraction import NotReadable, extract
from evaluation.extraction.pdf import READ_THROUGH
from tests.evaluation.extraction import files

BREAK = '<div style="break-after: page"></div>'


def locked(content: bytes, password: str) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(content))
    writer.encrypt(user_password=password, owner_password="owner")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_pages_follow_each_other_with_a_warning_to_read_through() -> None:
    extracted = extract("a.pdf", files.pdf(f"<p>We met.{BREAK}<p>Then we agreed."))
    assert extracted.text == "We met.\n\nThen we agreed."
    assert extracted.warnings == [READ_THROUGH]


def test_pages_without_text_are_named() -> None:
    content = files.pdf(f"<p>One{BREAK}&nbsp;{BREAK}&nbsp;{BREAK}<p>Four")
    assert "Pages 2 and 3 have no text" in extract("a.pdf", content).warnings[0]


def test_a_pdf_of_pictures_is_refused() -> None:
    with pytest.raises(NotReadable, match="no text"):
        extract("a.pdf", files.pdf("<hr>"))


def test_words_split_at_line_ends_are_counted_and_left() -> None:
    extracted = extract("a.pdf", files.pdf("<p>an agree-<br>ment was made"))
    assert "agree-\nment" in extracted.text
    assert extracted.warnings[0].startswith("1 word is split at the end of a line")


def test_columns_are_suspected_where_text_jumps_up() -> None:
    boxes = (
        '<p style="position: absolute; top: 18cm">Low left'
        '<p style="position: absolute; top: 1cm; left: 9cm">High right'
    )
    assert "Page 1 seems to have columns" in extract("a.pdf", files.pdf(boxes)).warnings[0]


def test_a_password_is_asked_to_be_taken_off() -> None:
    with pytest.raises(NotReadable, match="protected with a password"):
        extract("a.pdf", locked(files.pdf("Secret"), "user"))


def test_a_pdf_locked_only_against_changes_is_read() -> None:
    assert extract("a.pdf", locked(files.pdf("<p>Open"), "")).text == "Open"


def test_a_damaged_pdf_is_refused() -> None:
    with pytest.raises(NotReadable, match="damaged"):
        extract("a.pdf", b"%PDF-1.7\nand then nothing")


def test_a_damaged_page_is_named() -> None:
    content = files.pdf("<p>We met.")
    broken = content.replace(b"/FlateDecode", b"/LZWDecodes!")
    with pytest.raises(NotReadable, match="damaged"):
        extract("a.pdf", broken)


def test_too_many_pages_are_refused() -> None:
    writer = PdfWriter()
    for _ in range(1_001):
        writer.add_blank_page(100, 100)
    buffer = io.BytesIO()
    writer.write(buffer)
    with pytest.raises(NotReadable, match="more than 1,000 pages"):
        extract("a.pdf", buffer.getvalue())


def test_progress_is_told_page_by_page() -> None:
    told: list[tuple[int, int]] = []
    content = files.pdf(f"<p>One{BREAK}<p>Two")
    extract("a.pdf", content, lambda done, of: told.append((done, of)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_long_list_of_pages_is_cut_short() -> None:
    blank = f"&nbsp;{BREAK}" * 14
    warning = extract("a.pdf", files.pdf(f"<p>One{BREAK}{blank}<p>Last")).warnings[0]
    assert warning.startswith("Pages 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 4 more have no text")


def changed(change: Callable[[PdfWriter], object]) -> bytes:
    writer = PdfWriter(clone_from=io.BytesIO(files.pdf("<p>We met.")))
    change(writer)
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def test_a_page_that_cannot_be_read_is_named() -> None:
    def change(writer: PdfWriter) -> None:
        stream = EncodedStreamObject()
        stream._data = b"never read"
        stream[NameObject("/Filter")] = NameObject("/Nonsense")
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream)

    with pytest.raises(NotReadable, match="Page 1: This PDF is damaged"):
        extract("a.pdf", changed(change))


def test_letters_without_a_font_are_counted() -> None:
    def change(writer: PdfWriter) -> None:
        fonts = writer.pages[0]["/Resources"].get_object()["/Font"].get_object()  # type: ignore[index]
        for name in list(fonts):
            fonts[name] = NumberObject(2)

    warning = extract("a.pdf", changed(change)).warnings[0]
    assert re.match(r"\d+ characters could not be made out", warning)
