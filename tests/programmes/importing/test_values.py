"""Whatever stands in a cell: a value, or a sentence that says what to write. Never anything else."""

import csv
import io
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.importing.faults import Faults, Refused, Unreadable
from programmes.importing.grids import CellError, Formula, Grid, Raw, is_blank
from programmes.importing.kinds import Day, Text, Whole, YesNo, refuse_unreadable
from programmes.importing.opening import read
from programmes.importing.sheets import known_headings, sheets
from programmes.importing.tables import read_tables
from programmes.importing.words import bare, folded

CELLS: st.SearchStrategy[Raw] = st.one_of(
    st.text(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
    st.builds(Formula, st.text()),
    st.builds(CellError, st.sampled_from(["#REF!", "#N/A", "#DIV/0!"])),
    st.none(),
)
COLUMNS = [column for sheet in sheets() for column in sheet.columns]


def refusal(column: Any, raw: Raw) -> str:
    """Why the cell cannot be read; nothing if it can."""
    try:
        refuse_unreadable(raw)
        column.kind.read(raw)
    except Unreadable as reason:
        return str(reason)
    return ""


@given(st.sampled_from(COLUMNS), CELLS.filter(lambda raw: not is_blank(raw)))
def test_any_cell_is_read_or_refused_with_a_sentence(column: Any, raw: Raw) -> None:
    sentence = refusal(column, raw)
    assert not sentence or 10 < len(sentence) < 700


@given(st.lists(st.lists(CELLS, max_size=8), max_size=6), st.sampled_from(sheets()))
def test_any_grid_becomes_rows_and_faults(cells: list[list[Raw]], sheet: Any) -> None:
    header: list[Raw] = [column.name for column in sheet.columns]
    rows = [(number, row) for number, row in enumerate([header, *cells], start=1)]
    tables = read_tables([Grid(sheet.name, rows)], Faults())
    assert len(tables[sheet.name]) <= len(cells)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_csv_file_or_refused(content: bytes) -> None:
    with suppress(Refused):
        (grid,) = read("places.csv", content, known_headings()).grids
        assert all(number >= 1 for number, _ in grid.rows)


WORDS = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp", "Zs"]), min_size=1)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1))
def test_what_csv_wrote_is_what_is_read(pairs: list[tuple[str, str]]) -> None:
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows([("place", "region"), *pairs])
    (grid,) = read("places.csv", buffer.getvalue().encode(), known_headings()).grids
    assert [tuple(row) for _, row in grid.rows[1:]] == pairs


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_a_date_is_the_same_however_it_is_written(day: date) -> None:
    written = (
        day,
        datetime(day.year, day.month, day.day),  # noqa: DTZ001 as a workbook holds it
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day}/{day.month}/{day.year}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d %B %Y}",
        f" {day.day} {day:%b %Y} ",
    )
    assert {Day().read(raw) for raw in written} == {day}


@given(st.integers(0, 2_147_483_647))
def test_a_number_is_the_same_as_number_and_as_text(number: int) -> None:
    written: tuple[Raw, ...] = (number, float(number), str(number), f"{number:,}", f"{number}.0")
    assert {Whole().read(raw) for raw in written} == {number}


@pytest.mark.parametrize(
    "raw", ["1,5", "1.5", "٣", "1e3", "one", "", float("nan"), float("inf"), True]
)
def test_what_is_no_whole_number(raw: Raw) -> None:
    with pytest.raises(Unreadable):
        Whole().read(raw)


@pytest.mark.parametrize(
    ("raw", "text"), [(42, "42"), (42.0, "42"), (0.5, "0.5"), (True, "TRUE"), ("a\n b", "a b")]
)
def test_what_is_no_text_becomes_the_text_that_a_spreadsheet_shows(raw: Raw, text: str) -> None:
    assert Text().read(raw) == text


@pytest.mark.parametrize(
    "raw", [date(2024, 1, 1), time(9), timedelta(1), "a\0", "\ud800", "\x1b[1m"]
)
def test_what_no_text_can_be(raw: Raw) -> None:
    with pytest.raises(Unreadable):
        Text().read(raw)


@pytest.mark.parametrize(("raw", "value"), [("Yes", True), ("N", False), (1, True), (False, False)])
def test_yes_and_no(raw: Raw, value: bool) -> None:
    assert YesNo().read(raw) is value


@given(st.text())
def test_folding_a_name_twice_changes_nothing(name: str) -> None:
    assert folded(folded(name)) == folded(name)
    assert bare(bare(name)) == bare(name)
