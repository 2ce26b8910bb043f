"""The Word file has real styles, fields and links, can be read without seeing it, and keeps its bytes."""

import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from documents.charts import bars
from documents.manuscript import (
    DataTable,
    Entry,
    Manuscript,
    Part,
    Picture,
    Prose,
    Quote,
    Thread,
    as_word,
)
from tests.documents.samples import manuscript
from tests.documents.test_markdown import NASTY


@pytest.fixture(scope="module")
def content() -> bytes:
    return as_word(manuscript())


@pytest.fixture(scope="module")
def file(content):
    return docx.Document(io.BytesIO(content))


def opened(*blocks):
    return docx.Document(io.BytesIO(as_word(Manuscript("T", parts=(Part("P", blocks),)))))


def lines(file, style):
    return [each.text for each in file.paragraphs if each.style.name == style]


def test_headings_are_styles_in_order(file):
    found = [(each.style.name, each.text) for each in file.paragraphs]
    headings = [each for each in found if each[0].startswith(("Title", "Heading"))]
    assert headings[:4] == [
        ("Title", "How Ambridge learned to share its winter beds"),
        ("Heading 1", "Start-up conditions"),
        ("Heading 2", "What came of it"),
        ("Heading 2", "What came of it"),
    ]
    assert ("Heading 3", "What came of it") in headings


def test_quotes_lead_to_the_thread_and_back(file):
    assert (
        lines(file, "Quote")[0]
        == "We had been circling each other for years.\nThen the winter came."
    )
    assert lines(file, "Attribution")[0] == "Project partner, Ambridge (Q1)"
    marks = {each.get(qn("w:name")) for each in file.element.iter(qn("w:bookmarkStart"))}
    goals = {each.get(qn("w:anchor")) for each in file.element.iter(qn("w:hyperlink"))} - {None}
    assert {"entry_1", "entry_2", "quote_1", "quote_2", "part_1"} <= goals <= marks


def test_tables_have_header_rows_that_repeat(file):
    for table in file.tables:
        first, second = table.rows[0]._tr, table.rows[1]._tr
        assert first.trPr.find(qn("w:tblHeader")) is not None
        assert second.trPr.find(qn("w:tblHeader")) is None
    assert [cell.text for cell in file.tables[0].rows[-1].cells] == ["All", "", "60"]


def test_pictures_have_alternative_texts(file):
    texts = [shape._inline.docPr.get("descr") for shape in file.inline_shapes]
    assert texts == ["Most are about processes.", "Holby has most."]


def test_pages_are_numbered_and_contents_listed(file):
    footer = file.sections[0].footer._element.xml
    assert "PAGE" in footer
    assert "NUMPAGES" in footer
    assert file.sections[0].header.paragraphs[0].text == manuscript().title
    body = file.element.xml
    assert 'TOC \\o "1-2"' in body
    assert lines(file, "Contents Entry") == [part.heading for part in manuscript().parts]


def test_title_and_language_are_set(file):
    assert file.core_properties.title == manuscript().title
    assert file.core_properties.language == "en-GB"
    assert 'w:lang w:val="en-GB"' in file.styles.element.xml


def test_the_same_content_gives_the_same_bytes(content):
    assert as_word(manuscript()) == content
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_a_document_without_date_does_not_tell_when_it_was_made():
    assert opened().core_properties.created.year == 2000


def test_short_parts_share_a_page():
    parts = (Part("A", (Prose("a"),)), Part("B", (Prose("b"),)), Part("C", (Prose("c" * 900),)))
    file = docx.Document(io.BytesIO(as_word(Manuscript("T", parts=parts))))
    headings = [each for each in file.paragraphs if each.style.name == "Heading 1"]
    assert [each.paragraph_format.page_break_before for each in headings] == [None, False, None]


def test_lists_keep_their_levels_and_each_numbered_list_begins_with_1():
    file = opened(Prose("1. a\n\n   more of a\n2. b\n   - c\n     - d\n       - e\n\ntext\n\n1. f"))
    found = [(each.style.name, each.text) for each in file.paragraphs if each.text]
    assert ("List Number", "a") in found
    assert ("List Continue", "more of a") in found
    assert ("List Bullet 2", "c") in found
    assert ("List Bullet 3", "e") in found
    numbered = [each for each in file.paragraphs if each.style.name == "List Number"]
    ids = [each._p.pPr.numPr.numId.val for each in numbered]
    assert ids[0] == ids[1] != ids[2]


def test_emphasis_code_breaks_quotations_and_links():
    text = "A *b* **c** `d` [e](https://f.g)  \nh\ni\n\n> j\n\n```\nk\n```\n\n---"
    file = opened(Prose(text))
    runs = {run.text: run for each in file.paragraphs for run in each.runs}
    assert runs["b"].italic
    assert runs["c"].bold
    assert runs["d"].font.name == "Courier New"
    assert "https://f.g" in {
        each.target_ref for each in file.part.rels.values() if each.is_external
    }
    assert "j" in lines(file, "Quote")
    assert "k" in lines(file, "Code")
    assert "* * *" in lines(file, "Normal")


@settings(max_examples=12, deadline=None)
@given(NASTY, st.text(max_size=60))
def test_any_text_makes_a_file_that_opens(text, label):
    blocks = (
        Prose(text),
        Quote(text, label, "Q1"),
        Quote(text, label),
        DataTable(label, (label, text), ((text, label),)),
        Picture(bars(label, text, [(label, 1)]), label, text),
        Thread(label, (label, label), (Entry("Q1", (text,)), Entry("Q2", (label,)))),
    )
    file = opened(*blocks)
    assert len(file.tables) == 2
