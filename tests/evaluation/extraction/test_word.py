from typing import Any

import pytest
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Inches

from evaluation.extraction import Extracted, NotReadable, extract
from tests.evaluation.extraction import files
from tests.evaluation.extraction.files import W, paragraph, run

DOT = (
    b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x08\6\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc"
    b"\xf8\xcf\xc0\xf0\x1f\0\5\0\1\xff\x89\x99=\x1d\0\0\0\0IEND\xaeB`\x82"
)


def read(fill: Any) -> Extracted:
    return extract("a.docx", files.word(fill))


def test_headings_and_paragraphs_come_in_order_without_blank_ones() -> None:
    def fill(document: Any) -> None:
        document.add_heading("Interview")
        document.add_paragraph("")
        document.add_paragraph("First 👩‍👩‍👧\tafter a tab\nnext line")
        document.add_paragraph("Second")

    extracted = read(fill)
    assert extracted.text == "Interview\n\nFirst 👩‍👩‍👧\tafter a tab\nnext line\n\nSecond"
    assert extracted.warnings == []


def test_a_table_is_a_line_for_each_row() -> None:
    def fill(document: Any) -> None:
        table = document.add_table(2, 2)
        table.cell(0, 0).text, table.cell(0, 1).text = "Q", "What\nchanged?"
        table.cell(1, 0).text = "A"
        table.cell(1, 1).add_table(1, 1).cell(0, 0).text = "Inside"
        document.add_paragraph("After")

    extracted = read(fill)
    assert extracted.text == "Q\tWhat changed?\nA\tInside\n\nAfter"
    assert extracted.warnings == ["Each row of a table is one line, its cells apart by tabs."]


def test_tracked_changes_are_read_as_if_accepted() -> None:
    deleted = '<w:del w:id="2"><w:r><w:delText>never </w:delText></w:r></w:del>'
    extracted = read(
        lambda d: paragraph(
            d, run("We ") + deleted + f'<w:ins w:id="1">{run("often ")}</w:ins>' + run("met.")
        )
    )
    assert extracted.text == "We often met."
    assert extracted.warnings == [
        "2 tracked changes were read as if accepted. Check that this is what was agreed."
    ]


def test_what_is_left_out_is_said() -> None:
    def fill(document: Any) -> None:
        said = document.add_paragraph("Said", style="List Bullet")
        document.add_comment(said.runs, text="Really?", author="A")
        said._p.get_or_add_pPr().get_or_add_numPr()
        paragraph(
            document,
            run("shown") + run("hidden", "<w:vanish/>") + run(" too", '<w:vanish w:val="0"/>'),
        )
        paragraph(document, '<w:r><w:sym w:font="Wingdings" w:char="F04A"/></w:r>')
        document.sections[0].header.paragraphs[0].text = "Confidential"

    extracted = read(fill)
    assert extracted.text == "Said\n\nshown too"
    assert extracted.warnings == [
        "1 comment was left out.",
        "1 hidden passage was left out.",
        "1 symbol was left out.",
        "Bullets and list numbers were left out.",
        "Page headers and footers were left out.",
    ]


def test_pictures_are_left_out(tmp_path: Any) -> None:
    picture = tmp_path / "dot.png"
    picture.write_bytes(DOT)

    def fill(document: Any) -> None:
        document.add_paragraph("Look:")
        document.add_picture(str(picture), width=Inches(1))

    assert read(fill).warnings == ["1 picture was left out."]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    box = f"<w:txbxContent {W}><w:p>{run('In a box')}</w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = (
        f"<w:r><mc:AlternateContent {mc}><mc:Choice><w:drawing>{box}</w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    extracted = read(lambda d: paragraph(d, run("Beside") + both))
    assert extracted.text == "Beside\n\nIn a box"
    assert extracted.warnings == [
        "Text boxes stand after the paragraph they are fixed to. Check their place."
    ]


def test_content_controls_and_links_are_read() -> None:
    def fill(document: Any) -> None:
        paragraph(
            document, f"<w:hyperlink>{run('a link')}</w:hyperlink><w:r><w:noBreakHyphen/></w:r>"
        )
        body = document.element.body
        inside = f"<w:sdtContent><w:p>{run('In a control')}</w:p></w:sdtContent>"
        body.insert(len(body) - 1, files.parse_xml(f"<w:sdt {W}>{inside}</w:sdt>"))

    assert read(fill).text == "a link\u2011\n\nIn a control"


def test_notes_stand_at_the_end_with_their_numbers() -> None:
    def fill(document: Any) -> None:
        paragraph(document, run("Said") + '<w:r><w:footnoteReference w:id="5"/></w:r>' + run("."))
        note = f'<w:footnote w:id="5"><w:p>{run("In March")}</w:p></w:footnote>'
        xml = f"<w:footnotes {W}>{note}</w:footnotes>"
        part = Part(
            PackURI("/word/footnotes.xml"),
            CONTENT_TYPE.WML_FOOTNOTES,
            xml.encode(),
            document.part.package,
        )
        document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)

    assert read(fill).text == "Said[1].\n\nNotes\n\n[1] In March"


def test_a_document_without_text_is_refused() -> None:
    with pytest.raises(NotReadable, match="no text in this Word document"):
        read(lambda d: d.add_paragraph(" "))


def test_a_damaged_document_is_refused() -> None:
    with pytest.raises(NotReadable, match="damaged"):
        extract("a.docx", files.archive(**{"word/document.xml": b"<broken"}))


def test_an_entity_bomb_stays_shut() -> None:
    bomb = (
        b'<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><w:document %s>&b;</w:document>'
        % W.encode()
    )
    with pytest.raises(NotReadable):
        extract("a.docx", files.archive(**{"word/document.xml": bomb}))
