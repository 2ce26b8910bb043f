"""Every kind of fault is named by sheet, row and column, and nothing is saved."""

from collections.abc import Callable
from datetime import date, time

import pytest
from openpyxl import Workbook

from places.models import Place
from programmes.importing.faults import SHOWN
from programmes.models import Lens, LensVersion, Programme
from tests import builders
from tests.programmes.importing import files
from tests.programmes.importing.files import Sheets, small, with_cell

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def frame() -> None:
    files.frame()


PARTNERS = small(
    organisations=[
        ["organisation", "sector", "website"],
        ["Age UK", "Voluntary and community", "https://example.org/"],
    ],
    partnerships=[
        ["place", "organisation", "part", "joined", "left"],
        ["Dudley", "Age UK", "convenes", date(2024, 3, 1), None],
    ],
)


def cell(sheet: str, row: int, column: int, value: object) -> Sheets:
    return with_cell(small(), sheet, row, column, value)


def partner_cell(sheet: str, row: int, column: int, value: object) -> Sheets:
    return with_cell(PARTNERS, sheet, row, column, value)


def without(sheets: Sheets, *names: str) -> Sheets:
    return {name: rows for name, rows in sheets.items() if name not in names}


def test_a_good_file_has_no_fault() -> None:
    assert files.faults(PARTNERS) == []


@pytest.mark.parametrize(
    ("sheets", "fault"),
    [
        (cell("places", 1, 1, "palce"), "places, row 1, palce: No column has"),
        (cell("places", 1, 1, "palce"), "places, row 1, place: The column “place” is mis"),
        (cell("places", 1, 1, "palce"), "Did you mean “place”?"),
        (cell("places", 1, 3, "Region"), "places, row 1, region: Two columns have the"),
        (cell("places", 3, 4, "x"), "places, row 3, D: There is a value here, but its"),
        (without(small(), "programme"), "programme: The sheet “programme” is missing."),
        (without(small(), "places"), "places: The sheet “places” is missing."),
        (without(small(), "projects"), "projects: The sheet “projects” is missing."),
        (small(palces=[["place"], ["Kent"]]), "palces: No sheet has this name. Did you mean “places”?"),
        (small(programme=[["name"]]), "programme: Fill in one row"),
        (small(programme=[["name"], ["One"], ["Two"]]), "programme, row 3, name: A file holds one"),
        (cell("programme", 2, 1, None), "programme, row 2, name: This cell is empty."),
        (cell("programme", 2, 3, "soon"), "programme, row 2, started: “soon” is not a whole"),
        (cell("programme", 2, 3, 1066), "programme, row 2, started: “1066” is out of"),
        (cell("projects", 2, 2, 1.5), "projects, row 2, cohort: “1.5” is not a whole"),
        (cell("projects", 2, 2, True), "projects, row 2, cohort: “True” is not a whole"),
        (cell("projects", 2, 2, 0), "projects, row 2, cohort: “0” is out of range. Write"),
        (cell("projects", 2, 1, "Dudly"), "projects, row 2, place: There is no place ca"),
        (cell("projects", 2, 1, "Dudly"), "Did you mean “Dudley”?"),
        (cell("projects", 2, 3, "  "), "projects, row 2, focus: This cell is empty."),
        (cell("projects", 2, 3, "=A1"), "projects, row 2, focus: This cell holds a formula"),
        (cell("places", 2, 2, "#REF!"), "places, row 2, region: This cell shows the error"),
        (cell("places", 2, 2, "x" * 101), "places, row 2, region: This is 101 characters"),
        (cell("places", 2, 2, time(9)), "places, row 2, region: This cell holds a date or"),
        (cell("places", 3, 1, "DUDLEY"), "places, row 3, place: This row contradicts row 2"),
        (small(places=[["place"], ["Kent"], ["Dudley"], ["kent "]]), "row 4, place: This row says the sa"),
        (small(places=[["place", "area_code"], ["Kent", "08"], ["Dudley"]]), "row 2, area_code: Enter"),
        (small(places=[["place", "invented"], ["Kent", "maybe"], ["Dudley"]]), "invented: “maybe” is nei"),
        (partner_cell("organisations", 2, 2, "vol"), "organisations, row 2, sector: “vol” is not a sec"),
        (partner_cell("organisations", 2, 3, "nowhere"), "organisations, row 2, website: “nowhere” is not"),
        (partner_cell("partnerships", 2, 2, "Age"), "partnerships, row 2, organisation: There is no"),
        (partner_cell("partnerships", 2, 4, "31/02/2024"), "partnerships, row 2, joined: “31/02/2024”"),
        (partner_cell("partnerships", 2, 4, 45000), "partnerships, row 2, joined: “45000” is not a date"),
        (partner_cell("partnerships", 2, 4, "1/2/24"), "partnerships, row 2, joined: “1/2/24” is not"),
        (partner_cell("partnerships", 2, 4, "1815-06-18"), "joined: “1815-06-18” is not a likely date"),
        (partner_cell("partnerships", 2, 1, "=A1"), "partnerships, row 2, place: This cell holds a"),
        (with_cell(partner_cell("partnerships", 2, 1, "=A1"), "partnerships", 2, 2, "Age"),
         "partnerships, row 2, organisation: There is no organisation called"),
        (cell("places", 1, 2, "=A1"), "places, row 1, B: Write the heading as plain words."),
        (small(**{"Places ": [["place"], ["Hull"]]}), "Places : There are two sheets of this name."),
        (small(programme=[["name", "slug"], ["Better", "à propos"]]), "slug: “à propos” cannot stand"),
        (small(programme=[["name", "slug"], ["Better Together", "imports"]]), "is the address of another"),
        (partner_cell("partnerships", 2, 5, "1/1/2024"), "partnerships, row 2, left: This is before it"),
    ],
)  # fmt: skip
def test_a_fault_is_named_and_nothing_is_saved(sheets: Sheets, fault: str) -> None:
    found = files.faults(sheets)
    assert any(fault in line for line in found), found
    files.imported(sheets)
    assert not Programme.objects.exists()
    assert not Place.objects.exists()


def test_faults_are_listed_together() -> None:
    sheets = with_cell(small(), "projects", 2, 2, "one")
    sheets = with_cell(sheets, "places", 3, 2, "=1+1")
    assert len(files.faults(sheets)) == 2


def test_a_fault_is_listed_once() -> None:
    """Also of a row that several planners look at."""
    sheets = with_cell(cell("projects", 2, 1, "Leeds"), "projects", 2, 2, "one")
    found = files.faults(sheets)
    assert len(found) == len(set(found)) == 2


def test_no_more_faults_are_shown_than_can_be_read_and_all_are_counted() -> None:
    rows = [["place", "cohort", "focus"], *(["Dudley", 0, "x"] for _ in range(SHOWN + 50))]
    report = files.checked(files.workbook(small(projects=rows)))
    assert len(report.faults.shown) == SHOWN
    assert report.faults.total == SHOWN + 50


def hide_row(book: Workbook) -> None:
    book["places"].row_dimensions[3].hidden = True


def hide_column(book: Workbook) -> None:
    book["places"].column_dimensions["B"].hidden = True


def hide_sheet(book: Workbook) -> None:
    book["places"].sheet_state = "hidden"


def merge(book: Workbook) -> None:
    book["places"].merge_cells("B2:B3")


@pytest.mark.parametrize(
    ("edit", "fault"),
    [
        (hide_row, "places, row 3: This row is hidden. Show it, or delete it."),
        (hide_column, "places, region: Column B is hidden. Show it, or delete it."),
        (hide_sheet, "places: This sheet is hidden. Show it, or delete it."),
        (
            merge,
            "places, row 2, region: Cells B2:B3 are merged. Unmerge them and fill in each cell.",
        ),
    ],
)
def test_what_cannot_be_seen_is_not_imported(edit: Callable[[Workbook], None], fault: str) -> None:
    report = files.checked(files.workbook(small(), edit))
    assert [str(found) for found in report.faults.shown] == [fault]


def test_sheets_of_peoples_own_are_passed_over() -> None:
    def hide(book: Workbook) -> None:
        book["lists"].sheet_state = "hidden"

    sheets = {"Read me": [["words"]], "#mine": [["x"]], "Notes": [["y"]], "Empty": [], **small()}
    report = files.checked(files.workbook(sheets | {"lists": [["z"]]}, hide))
    assert not report.faults
    assert [str(warning) for warning in report.faults.warnings] == [
        "lists: This hidden sheet was passed over."
    ]


def test_the_lens_must_be_there_and_fit() -> None:
    sheets = small(programme=[["name", "lens"], ["Better Together", "No such lens"]])
    assert "programme, row 2, lens: There is no lens called “No such lens”." in files.faults(sheets)
    held = builders.programme("Better Together")
    frame_name = held.frame.lens.name
    assert files.faults(with_cell(sheets, "programme", 2, 2, frame_name)) == []
    other = builders.lens_version().lens.name
    assert "are ordered by" in files.faults(with_cell(sheets, "programme", 2, 2, other))[0]
    held.delete()
    draft = LensVersion.objects.create(
        lens=Lens.objects.create(name="Draft", slug="draft"), number=1, purpose="For tests"
    )
    sheets = with_cell(sheets, "programme", 2, 2, draft.lens.name)
    assert "is not published yet" in files.faults(sheets)[0]


def test_the_lens_may_be_named() -> None:
    name = builders.lens_version().lens.name
    files.imported(small(programme=[["name", "lens"], ["Better Together", name.upper()]]))
    assert Programme.objects.get().frame.lens.name == name


def test_without_lenses_the_operator_is_told() -> None:
    Programme.objects.all().delete()
    Lens.objects.update(slug="another")
    assert "manage.py ship_lenses" in files.faults(small())[0]


def test_a_slug_belongs_to_one_programme() -> None:
    builders.programme("Other", slug="taken")
    sheets = small(programme=[["name", "slug"], ["Better Together", "taken"]])
    assert "belongs to the programme Other" in files.faults(sheets)[0]
    builders.programme("Better Together", slug="bt")
    assert "is held already, as “bt”" in files.faults(sheets)[0]


def test_only_its_staff_import_into_a_programme_that_is_held() -> None:
    held = builders.programme("Better Together")
    sheets = small(programme=[["name"], ["Better Together"]])
    stranger = builders.staff(builders.programme())
    assert "only its staff may import into it" in files.faults(sheets, by=stranger)[0]
    assert files.faults(sheets, by=builders.staff(held)) == []
