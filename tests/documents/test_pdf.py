"""The PDF says what it is, can be read without seeing it, and is the same each time."""

import hashlib
import io
import os
import subprocess
import sys
from datetime import UTC, datetime
from unicodedata import normalize

import pikepdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from weasyprint.urls import FatalURLFetchingError

from documents.manuscript import (
    BrokenThread,
    FileInside,
    Manuscript,
    Part,
    Prose,
    Quote,
    as_html,
    as_pdf,
)
from documents.manuscript.pdf import pdf_of
from documents.printable import printable
from tests.documents.accessible import alternatives, faults_of, headings, text, texts_of
from tests.documents.samples import manuscript

MADE_AFRESH = """
import django; django.setup()
import hashlib
from documents.manuscript import as_pdf
from tests.documents.samples import manuscript
print(hashlib.sha256(as_pdf(manuscript())).hexdigest())
"""


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return as_pdf(manuscript())


def test_all_that_a_machine_can_check_is_right(pdf):
    assert faults_of(pdf) == []


def test_the_reader_of_pdfs_finds_faults():
    """The check would be worth nothing if it passed anything."""
    plain = pikepdf.new()
    plain.add_blank_page()
    file = io.BytesIO()
    plain.save(file)
    assert len(faults_of(file.getvalue())) > 7


def test_headings_stand_in_order(pdf):
    assert headings(pdf)[:5] == [
        (1, "How Ambridge learned toshare its winter beds"),  # where the cover breaks the line
        (2, "Contents"),
        (2, "Start-up conditions"),
        (3, "What came of it"),
        (3, "What came of it"),
    ]


def test_pictures_have_their_text(pdf):
    assert alternatives(pdf) == [
        "Excerpts by dimension. Most are about processes.",
        "Sources by place. Holby has most.",
    ]


def test_a_long_table_repeats_its_header(pdf):
    assert texts_of(pdf, "TH").count("What it is") == 3


def test_contents_have_page_numbers_and_pages_have_headers(pdf):
    links = texts_of(pdf, "Link")
    assert links[0].startswith("Start-up conditions")
    assert links[0].endswith("3")
    pages = text(pdf)
    assert "Page 4 of 8" in pages
    assert pages.count("How Ambridge learned to share its winter beds") == 7


def test_a_quote_is_resolved_in_the_thread_and_back(pdf):
    assert texts_of(pdf, "BlockQuote")[1] == "It was the tea that did it."
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        pages = [page for page in opened.pages if "/Annots" in page]
        goals = {str(link.Dest) for page in pages for link in page.Annots if "/Dest" in link}
    assert {"entry-1", "entry-2", "quote-1", "quote-2"} <= goals


def test_the_same_content_gives_the_same_bytes_in_any_process(pdf):
    found = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", MADE_AFRESH],
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONHASHSEED": "1"},
        capture_output=True,
        check=True,
        text=True,
    )
    assert found.stdout.strip() == hashlib.sha256(pdf).hexdigest()


def test_it_carries_a_date_only_where_one_is_given(pdf):
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert str(opened.docinfo.CreationDate).startswith("D:20261120")
    with pikepdf.open(io.BytesIO(as_pdf(Manuscript("Undated")))) as opened:
        assert "/CreationDate" not in opened.docinfo


@pytest.mark.parametrize("address", ["http://example.org/x.png", "file:///etc/passwd", "x.png"])
def test_nothing_is_fetched(address):
    with pytest.raises(FatalURLFetchingError):
        pdf_of(f'<html lang="en-GB"><title>T</title><img src="{address}" alt="x">')


HEBREW, ARABIC = "\u05e9\u05dc\u05d5\u05dd", "\u0645\u0631\u062d\u0628\u0627"
ASTRONAUT = "\N{WOMAN}\U0001f3fd\u200d\N{ROCKET}"
SAMPLES = (
    *("Zoë: a “naïve” plan\ncost €½m", "\u221212", "Łódź ő Ž", "Ωω ή ἄ", "жЩѣ", "Việt Nam ạ ễ"),
    *("e\u0323\u0301", "n\u0303", "x\u0300\u0301\u0302", "fi ffi \ufb01", f"{ASTRONAUT} 🙂"),
    *(
        "1\ufe0f\u20e3",
        "☺\ufe0f",
        HEBREW,
        ARABIC,
        "\u202eabc\u202c",
        "<b>&amp;</b>",
        "a\u00adb\u200bc",
    ),
)


def printed(*quotes: str) -> bytes:
    return as_pdf(Manuscript("T", parts=(Part("P", tuple(Quote(each, "Who") for each in quotes)),)))


def test_every_script_is_printed_with_an_embedded_font_and_readable_glyphs():
    pdf = printed(*SAMPLES)
    assert faults_of(pdf) == []
    glyphs = texts_of(pdf, "P")
    for sample in (*SAMPLES[1:6], *SAMPLES[7:11], HEBREW[::-1], ARABIC[::-1]):
        assert normalize("NFC", sample) in {normalize("NFC", each) for each in glyphs}
    assert "�" not in "".join(glyphs)


@settings(max_examples=15)
@given(st.lists(st.sampled_from(SAMPLES) | st.text(max_size=40), min_size=1).map(" ".join))
def test_what_a_quote_says_is_what_was_given(text):
    """But for characters that no document can hold, and for line ends, of which HTML has one kind."""
    said = printable(text).replace("\r\n", "\n").replace("\r", "\n")
    assert texts_of(printed(text), "BlockQuote") == [said]


def test_the_first_space_does_not_make_all_others_like_it():
    pdf = printed("a\u00a0b c d")
    assert "a b c d" in texts_of(pdf, "P")


def test_short_parts_share_a_page():
    parts = (Part("A", (Prose("a"),)), Part("B", (Prose("b"),)), Part("C", (Prose("c " * 900),)))
    assert "Page 4 of 4" in text(as_pdf(Manuscript("T", parts=parts)))


def test_a_quote_over_two_pages_has_the_words_of_its_glyphs():
    words = "So much was said that no page could hold it. " * 120
    quotes = texts_of(printed(words), "BlockQuote")
    assert len(quotes) > 1
    assert "".join(" ".join(quotes).split()) == "".join(words.split())


def test_a_quote_without_a_source_is_refused():
    with pytest.raises(BrokenThread, match="Q9"):
        Manuscript("T", parts=(Part("P", (Quote("Words", "Somebody", "Q9"),)),))


def test_the_preview_is_the_same_document_without_cover():
    html = as_html(manuscript(), top=3)
    assert "are invented, to show" in html
    assert '<h3 id="part-1">' in html
    assert '<h4 id="part-2-1">' in html
    assert "The figures as a table" in html
    assert "style=" not in html
    assert html.count('id="quote-1"') == 1


def test_files_inside_are_as_they_were_given():
    """PDF/A-3 wants each to say what it is to the document; the same files give the same bytes."""
    inside = FileInside("facts.json", b'{"a": 1}', "The facts", datetime(2026, 11, 20, tzinfo=UTC))
    pdf = as_pdf(manuscript(), inside=[inside])
    assert pdf == as_pdf(manuscript(), inside=[inside])
    assert faults_of(pdf) == []
    with pikepdf.open(io.BytesIO(pdf)) as read:
        found = read.attachments["facts.json"]
        assert found.get_file().read_bytes() == inside.content
        assert found.relationship == pikepdf.Name.Data
        assert found.get_file().mime_type == "application/json"
        assert "facts.json" in [str(each.UF) for each in read.Root.AF]
