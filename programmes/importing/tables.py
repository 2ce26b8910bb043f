"""Grids made into tables of typed rows, by the declared sheets; every fault on the way is noted."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from programmes.importing.faults import Faults, Unreadable, quoted
from programmes.importing.grids import CellError, Formula, Grid, Raw, is_blank, letter
from programmes.importing.kinds import refuse_unreadable
from programmes.importing.sheets import Column, Sheet, sheets
from programmes.importing.words import bare, folded, suggestion

# Sheets of people's own that are passed over: the template's explanations, and notes.
PASSED_OVER = {"readme", "notes"}
NOTE_MARK = "#"


@dataclass(frozen=True)
class Row:
    """One row. A cell that is blank or could not be read has no value."""

    sheet: str
    number: int
    values: dict[str, Any]
    unreadable: frozenset[str] = frozenset()

    def __getitem__(self, column: str) -> Any:
        return self.values.get(column)

    def given(self, *columns: str) -> dict[str, Any]:
        """Those of the columns that say something: a blank cell leaves what is held as it is."""
        return {column: self.values[column] for column in columns if column in self.values}


@dataclass
class Tables:
    """The rows of each sheet that was in the file."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    is_whole: bool = True  # no column that must be there is missing

    def __contains__(self, sheet: str) -> bool:
        return sheet in self.rows

    def __getitem__(self, sheet: str) -> list[Row]:
        return self.rows.get(sheet, [])


def read_tables(grids: list[Grid], faults: Faults) -> Tables:
    by_name = {name: sheet for sheet in sheets() for name in sheet.names}
    tables = Tables()
    for grid in grids:
        sheet = by_name.get(bare(grid.name))
        if sheet is None:
            _note_unknown(grid, faults)
        elif sheet.name in tables:
            faults.add(grid.name, 0, "", "There are two sheets of this name. Delete one.")
        elif grid.rows:
            reading = _Reading(sheet, grid, faults)
            tables.rows[sheet.name] = reading.rows()
            tables.is_whole = tables.is_whole and reading.is_whole
    return tables


def _note_unknown(grid: Grid, faults: Faults) -> None:
    if bare(grid.name) in PASSED_OVER or grid.name.startswith(NOTE_MARK) or not grid.rows:
        return
    if grid.is_hidden:
        faults.warn(grid.name, 0, "", "This hidden sheet was passed over.")
        return
    names = [sheet.name for sheet in sheets()]
    faults.add(
        grid.name,
        0,
        "",
        f"No sheet has this name.{suggestion(grid.name, names)} Sheets are: {', '.join(names)}."
        " To keep notes of your own, begin the sheet's name with #.",
    )


class _Reading:
    """One grid, read by one sheet's declaration."""

    def __init__(self, sheet: Sheet, grid: Grid, faults: Faults) -> None:
        self.sheet, self.grid, self.faults = sheet, grid, faults
        self.columns: dict[int, Column] = {}  # by position, from 0
        self.nameless: set[int] = set()
        self.is_whole = True

    def rows(self) -> list[Row]:
        if self.grid.is_hidden:
            self._fault(0, "", "This sheet is hidden. Show it, or delete it.")
        (number, header), *body = self.grid.rows
        self._read_header(number, header)
        self._pass_on_remarks()
        rows = [row for row in (self._row(number, cells) for number, cells in body) if row]
        self._note_repetitions(rows)
        return rows

    def _fault(self, row: int, column: str, sentence: str) -> None:
        self.faults.add(self.sheet.name, row, column, sentence)

    def _read_header(self, number: int, header: list[Raw]) -> None:
        by_heading = {
            heading: column for column in self.sheet.columns for heading in column.headings
        }
        for position, raw in enumerate(header):
            if is_blank(raw):
                continue
            if isinstance(raw, Formula | CellError):
                self._fault(number, letter(position + 1), "Write the heading as plain words.")
                self.nameless.add(position)
                continue
            column = by_heading.get(bare(str(raw)))
            if column is None:
                known = [column.name for column in self.sheet.columns]
                self._fault(
                    number,
                    str(raw)[:60],
                    f"No column has the heading {quoted(raw)}.{suggestion(str(raw), known)}"
                    f" Columns are: {', '.join(known)}.",
                )
                self.nameless.add(position)  # one fault is enough for the whole column
            elif column in self.columns.values():
                self._fault(
                    number, column.name, f"Two columns have the heading {quoted(raw)}. Delete one."
                )
                self.nameless.add(position)
            else:
                self.columns[position] = column
        for column in self.sheet.columns:
            if column.required and column not in self.columns.values():
                self.is_whole = False
                self._fault(
                    number, column.name, f"The column {quoted(column.name)} is missing. Add it."
                )

    def _pass_on_remarks(self) -> None:
        for remark in self.grid.faults:
            self._fault(remark.row, self._name_at(remark.column), remark.sentence)
        for remark in self.grid.warnings:
            self.faults.warn(
                self.sheet.name, remark.row, self._name_at(remark.column), remark.sentence
            )

    def _name_at(self, column: int) -> str:
        """The heading of the column at a position from 1, or the letter a spreadsheet gives it."""
        if not column:
            return ""
        known = self.columns.get(column - 1)
        return known.name if known else letter(column)

    def _row(self, number: int, cells: list[Raw]) -> Row | None:
        values: dict[str, Any] = {}
        unreadable: set[str] = set()
        for position, raw in enumerate(cells):
            if is_blank(raw) or position in self.nameless:
                continue
            column = self.columns.get(position)
            if column is None:
                self.nameless.add(position)
                self._fault(
                    number,
                    letter(position + 1),
                    "There is a value here, but its column has no heading. Add one, or delete it.",
                )
                continue
            try:
                refuse_unreadable(raw)
                value = column.kind.read(raw)
                values[column.name] = value
            except Unreadable as reason:
                unreadable.add(column.name)
                self._fault(number, column.name, str(reason))
        if not values and not unreadable:
            return None
        for column in self.columns.values():
            if column.required and column.name not in values and column.name not in unreadable:
                self._fault(number, column.name, "This cell is empty. Fill it in.")
                unreadable.add(column.name)
        return Row(self.sheet.name, number, values, frozenset(unreadable))

    def _note_repetitions(self, rows: list[Row]) -> None:
        """Two rows about one thing: the same twice, or saying different things of it."""
        first: dict[tuple[str, ...], Row] = {}
        for row in rows:
            if row.unreadable.intersection(self.sheet.key):
                continue
            key = tuple(_comparable(row[column]) for column in self.sheet.key)
            earlier = first.setdefault(key, row)
            if earlier is not row:
                self._fault(row.number, self.sheet.key[0], self._repetition(earlier, row))

    def _repetition(self, earlier: Row, row: Row) -> str:
        for column in self.sheet.columns:
            one, other = earlier[column.name], row[column.name]
            if column.name not in self.sheet.key and one != other:
                return (
                    f"This row contradicts row {earlier.number}, which is about the same:"
                    f" {column.name} is {quoted(one) if one is not None else 'empty'} there and"
                    f" {quoted(other) if other is not None else 'empty'} here. Keep one of them."
                )
        return f"This row says the same as row {earlier.number}. Delete one of them."


def _comparable(value: Any) -> str:
    return "" if value is None else folded(str(value))


def names_in(row: Row, column: str) -> Iterator[str]:
    """The several names of a Names cell; none if it is blank."""
    values: list[str] = row[column] or []
    yield from dict.fromkeys(values)
