"""A list as CSV and as an Excel workbook."""

import contextlib
import csv
import datetime
import io

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from openpyxl import load_workbook

from documents.tables import Column, Empty, Search, Table, listing_page
from documents.tables.column import as_text
from documents.tables.export import LONGEST_CELL, exported
from documents.tables.listing import Listing
from places.models import Place
from tests import builders

BORN = datetime.date(2013, 4, 1)
SEEN = datetime.datetime(2013, 7, 1, 12, 30, 15, 123, tzinfo=datetime.UTC)

TABLE = Table[Place](
    noun="place",
    nouns="places",
    columns=[
        Column("name", "Place", lambda place: place.name, sort=["name"]),
        Column("note", "Note", lambda place: place.note, on_page=False),
        Column("born", "Born", lambda place: BORN),
        Column("seen", "Seen", lambda place: SEEN),
        Column("is_invented", "Invented", lambda place: place.is_invented),
        Column("number", "Number", lambda place: -3, is_number=True),
        Column("nothing", "Nothing", lambda place: None),
    ],
    sort="name",
    search=Search(),
    empty=Empty("No place yet."),
)
FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\uff1d1+1"]


def file(form: str, query: str = "") -> io.BytesIO:
    request = RequestFactory().get(f"/?download={form}&{query}")
    response = listing_page(request, TABLE, Place.objects.all(), template="")
    assert response["Content-Disposition"].endswith(f'.{form}"')
    with contextlib.closing(response.file_to_stream):
        return io.BytesIO(b"".join(response))


def csv_rows(query: str = "") -> list[list[str]]:
    return list(csv.reader(io.StringIO(file("csv", query).read().decode("utf-8-sig"), newline="")))


def test_csv(db):
    builders.place("Küste", note="One\nTwo, three")
    assert file("csv").read().startswith(b"\xef\xbb\xbfPlace,")
    assert csv_rows() == [
        ["Place", "Note", "Born", "Seen", "Invented", "Number", "Nothing"],
        ["Küste", "One\nTwo, three", "2013-04-01", "2013-07-01 13:30:15", "No", "-3", ""],
    ]


def test_xlsx(db):
    builders.place("Küste", note="One", is_invented=True)
    sheet = load_workbook(file("xlsx")).active
    head, row = sheet.iter_rows()
    assert [cell.value for cell in head][:2] == ["Place", "Note"]
    assert head[0].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width == 28
    assert [cell.value for cell in row] == [
        "Küste",
        "One",
        datetime.datetime(2013, 4, 1),  # noqa: DTZ001 -- how openpyxl reads a date
        datetime.datetime(2013, 7, 1, 13, 30, 15),  # noqa: DTZ001
        "Yes",
        -3,
        None,
    ]
    assert (row[2].number_format, row[3].number_format) == ("dd/mm/yyyy", "dd/mm/yyyy hh:mm:ss")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_holds_what_was_searched_for_on_every_page(db, form):
    for number in range(30):
        builders.place(f"Wigan {number}")
    builders.place("Dudley")
    rows = (
        csv_rows("q=wigan&page=2")
        if form == "csv"
        else list(load_workbook(file("xlsx", "q=wigan&page=2")).active.iter_rows())
    )
    assert len(rows) == 31


@pytest.mark.parametrize("text", FORMULAS)
def test_nothing_runs_as_a_formula(db, text):
    builders.place("A", note=text)
    assert csv_rows()[1][1] == f"'{text}"
    cell = load_workbook(file("xlsx")).active["B2"]
    assert cell.data_type == "s"
    assert cell.value.startswith("'")


def test_what_excel_cannot_hold_is_left_out(db):
    assert exported("a\x01b\ufffe") == "ab"
    assert len(exported("x" * 40_000)) == LONGEST_CELL


def test_an_unknown_format_gives_the_page(db):
    request = RequestFactory().get("/?download=exe", headers={"HX-Target": "results"})
    assert b"0 places" in listing_page(request, TABLE, Place.objects.all(), template="").content


def test_one_query_reads_the_whole_file(db, django_assert_num_queries):
    for _ in range(3):
        builders.place()
    shown = Listing(TABLE, Place.objects.all(), QueryDict())
    with django_assert_num_queries(1):
        assert len(list(shown.rows)) == 3


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "Yes"),
        (False, "No"),
        (BORN, "1 April 2013"),
        (SEEN, "1 July 2013, 13:30"),
        (7, "7"),
    ],
)
def test_values_as_people_read_them(value, text):
    assert as_text(value) == text
