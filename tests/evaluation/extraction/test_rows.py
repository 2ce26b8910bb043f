from datetime import date, datetime

import pytest

from evaluation.extraction import NotReadable, extract
from tests.evaluation.extraction import files

TWO_ANSWERS = (
    "Answer 1\n\nWhat changed?\nWe met\nmore\n\nFor how long?\n5\n\n\nAnswer 2\n\nFor how long?\n2"
)


def test_each_row_of_a_workbook_is_an_answer_and_blank_ones_are_not() -> None:
    content = files.workbook(
        ["What changed?", "For how long?"], ["We met\nmore", 5.0], [None, " "], [None, 2]
    )
    extracted = extract("a.xlsx", content)
    assert (extracted.text, extracted.warnings) == (TWO_ANSWERS, [])


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_each_row_of_a_csv_file_is_an_answer(delimiter: str) -> None:
    rows = [["What changed?", '"For how long?"'], ['"We met\r\nmore"', "5"], ["", ""], ["", "2"]]
    content = "\r\n".join(delimiter.join(row) for row in rows)
    extracted = extract("a.csv", b"\xef\xbb\xbf" + content.encode())
    assert (extracted.text, extracted.warnings) == (TWO_ANSWERS, [])


def test_cells_are_written_as_people_read_them() -> None:
    content = files.workbook(
        ["When?", "At?", "Agreed?", "Share"],
        [date(2014, 3, 5), datetime.fromisoformat("2014-03-05T14:30"), True, 0.5],
    )
    assert extract("a.xlsx", content).text.split("\n\n")[1:] == [
        "When?\n5 March 2014",
        "At?\n5 March 2014, 14:30",
        "Agreed?\nYes",
        "Share\n0.5",
    ]


def test_formulas_errors_and_columns_without_a_question_are_named() -> None:
    content = files.workbook(["Why?"], ["=A1", "beside"], ["#REF!"])
    extracted = extract("a.xlsx", content)
    assert "Why?\n=A1\n\nColumn B\nbeside" in extracted.text
    assert extracted.warnings == [
        "Row 2: formulas stand as they were typed. Replace them by their values.",
        "Row 3: a cell shows an error, which stands as it is.",
    ]
    blank = extract("a.csv", b"Why?,,How?\nx,y,z")
    assert blank.warnings == ["1 column has no question in the first row."]


def test_columns_that_tell_who_answered_are_pointed_at() -> None:
    [warning] = extract("a.csv", b"Your e-mail,Why?\na@example.org,so").warnings
    assert warning.startswith("“Your e-mail” may tell who answered")


def test_only_the_first_sheet_with_answers_is_read() -> None:
    def then(book: object) -> None:
        for name in ("Second", "Third"):
            book.create_sheet(name).append(["Q"])  # type: ignore[attr-defined]

    extracted = extract("a.xlsx", files.workbook(["Why?"], ["So"], then=then))
    assert extracted.warnings == [
        "Only the sheet “Sheet” was read, not “Second”, “Third”. Add those one by one."
    ]


def test_hidden_rows_and_merged_cells_are_named() -> None:
    def then(book: object) -> None:
        sheet = book.active  # type: ignore[attr-defined]
        sheet.row_dimensions[2].hidden = True
        sheet.merge_cells("A3:B3")

    warnings = extract("a.xlsx", files.workbook(["Why?"], ["So"], ["Thus"], then=then)).warnings
    assert warnings[0].startswith("Row 3: Cells A3:B3 are merged")
    assert warnings[1].startswith("Row 2: This row is hidden")


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.csv", b"Only questions\n", "no answers"),
        ("a.csv", b'Why?\n"never closed', "not closed"),
        ("a.csv", b"Why?\n\0", "not a text file"),
        ("a.xlsx", files.workbook(), "no answers"),
        ("a.xlsx", files.archive(**{"xl/workbook.xml": b"<"}), "Excel"),
    ],
)
def test_a_file_without_answers_is_refused(name: str, content: bytes, sentence: str) -> None:
    with pytest.raises(NotReadable, match=sentence):
        extract(name, content)
