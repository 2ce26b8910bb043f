"""Reading an Excel workbook (.xlsx) into grids."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from typing import Any

import structlog
from openpyxl import load_workbook
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from programmes.importing.archives import opened_safely
from programmes.importing.faults import Refused
from programmes.importing.grids import CellError, Formula, Grid, Raw, Remark, is_blank, letter

log = structlog.get_logger(__name__)

MAX_ROWS = 100_000
MAX_SHEETS = 50
MAX_COLUMNS = 200

NOT_A_WORKBOOK = (
    "This file is named like an Excel workbook, but it is not one."
    " Open it in Excel and save it as an Excel workbook (.xlsx)."
)
DAMAGED = (
    "This workbook is damaged and cannot be read."
    " Open it in Excel, let Excel repair it, and save it again."
)
OTHER_FORMATS = {
    "xl/workbook.bin": "This is a binary workbook (.xlsb). Save it as an Excel workbook (.xlsx).",
    "xl/vbaProject.bin": "This workbook holds macros. Save it as an Excel workbook without macros (.xlsx).",
    "content.xml": "This is an OpenDocument spreadsheet. Save it as an Excel workbook (.xlsx).",
}
CONTENT_TYPES = "[Content_Types].xml"
ENTITIES = (b"<!DOCTYPE", b"<!ENTITY")
CHUNK = 1024 * 1024


class _Parser(WorkSheetParser):
    """openpyxl's own reading of one sheet, which its worksheets hide: here merged cells and hidden
    rows are seen, formulas are only marked, and blank cells (100,000 of them are common) cost little.
    """

    hidden_rows: set[int]
    hidden_columns: set[int]

    def parse_row(self, row: Any) -> tuple[int, list[dict[str, Any]]]:
        if all(cell.get("r") for cell in row):
            for cell in [cell for cell in row if not len(cell)]:
                row.remove(cell)
        number, cells = super().parse_row(row)
        self.row_dimensions.clear()
        if cells and row.get("hidden") in ("1", "true"):
            self.hidden_rows.add(number)
        return number, cells

    def parse_column_dimensions(self, col: Any) -> None:
        if col.get("hidden") in ("1", "true"):
            last = min(int(col.get("max", 0)), MAX_COLUMNS)
            self.hidden_columns.update(range(int(col.get("min", 0)), last + 1))

    def parse_formula(self, element: Any) -> Formula:
        return Formula("=" + (element.find(FORMULA_TAG).text or ""))

    def parse_extensions(self, element: Any) -> None:
        """What Excel adds for itself (colours, icons) is nothing to us."""

    parse_formatting = parse_extensions


def read_workbook(content: bytes) -> list[Grid]:
    """The grids of its sheets, in order. Raises Refused if it cannot or must not be read."""
    archive = opened_safely(content)
    _refuse_other_formats(archive)
    _refuse_entities(archive)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of decoration it leaves out
            return list(_grids(content))
    except Refused:
        raise
    # A damaged or hostile workbook makes openpyxl raise nearly anything; none of it is ours.
    except Exception as error:
        log.warning("workbook_unreadable", error=repr(error))
        raise Refused(DAMAGED) from error


def _refuse_other_formats(archive: zipfile.ZipFile) -> None:
    names = set(archive.namelist())
    for name, sentence in OTHER_FORMATS.items():
        if name in names:
            raise Refused(sentence)
    if CONTENT_TYPES not in names:
        raise Refused(NOT_A_WORKBOOK)


def _refuse_entities(archive: zipfile.ZipFile) -> None:
    """A workbook's XML never declares a document type; one that does wants to read or swell."""
    for name in archive.namelist():
        with archive.open(name) as part:
            before = b""
            # All of it, whatever its name: it may stand behind a long comment.
            while chunk := part.read(CHUNK):
                seen = before + chunk.replace(b"\0", b"")  # also when it is UTF-16
                if any(word in seen for word in ENTITIES):
                    raise Refused(DAMAGED)
                before = seen[-len(ENTITIES[0]) :]


def _grids(content: bytes) -> Iterator[Grid]:
    book = load_workbook(io.BytesIO(content), read_only=True, keep_links=False)
    if len(book.worksheets) > MAX_SHEETS:
        raise Refused(
            f"This workbook has more than {MAX_SHEETS} sheets. Delete what is not needed."
        )
    left = MAX_ROWS
    for sheet in book.worksheets:
        grid = _grid(sheet, left)
        left -= len(grid.rows)
        yield grid


def _grid(sheet: Any, max_rows: int) -> Grid:
    """`sheet` is openpyxl's ReadOnlyWorksheet, used by parts that its types do not list."""
    book = sheet.parent
    grid = Grid(sheet.title, [], is_hidden=sheet.sheet_state != "visible")
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        parser.hidden_rows, parser.hidden_columns = set(), set()
        for number, cells in parser.parse():
            row = _row(cells)
            if row:
                grid.rows.append((number, row))
            if len(grid.rows) > max_rows:
                raise Refused(f"This workbook has more than {MAX_ROWS:,} rows. Split it.")
    grid.faults.extend(_remarks(parser, grid))
    return grid


def _row(cells: list[dict[str, Any]]) -> list[Raw]:
    """The row's values up to its last one; an empty list if there is none."""
    row: list[Raw] = []
    for cell in cells:
        raw = _raw(cell)
        if is_blank(raw):
            continue
        if cell["column"] > MAX_COLUMNS:
            raise Refused(f"A row of this workbook has more than {MAX_COLUMNS} columns.")
        row.extend([None] * (cell["column"] - len(row)))
        row[cell["column"] - 1] = raw
    return row


def _raw(cell: dict[str, Any]) -> Raw:
    value: Raw = cell["value"]
    if cell["data_type"] == "e":
        return CellError(str(value))
    if isinstance(value, str):
        return value.replace("_x000D_", "")  # how Excel writes a carriage return
    return value


def _remarks(parser: _Parser, grid: Grid) -> Iterator[Remark]:
    for merged in parser.merged_cells.mergeCell if parser.merged_cells else []:
        yield Remark(
            merged.min_row,
            merged.min_col,
            f"Cells {merged.coord} are merged. Unmerge them and fill in each cell.",
        )
    filled = {number for number, row in grid.rows}
    for number in sorted(parser.hidden_rows & filled):
        yield Remark(number, 0, "This row is hidden. Show it, or delete it.")
    for column in sorted(parser.hidden_columns):
        if any(len(row) >= column and not is_blank(row[column - 1]) for _, row in grid.rows):
            yield Remark(0, column, f"Column {letter(column)} is hidden. Show it, or delete it.")
