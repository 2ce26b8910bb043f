"""The workbook that people download, fill in and upload: made from the declared sheets."""

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from programmes.importing.explanations import explanations, when_needed
from programmes.importing.kinds import Choice, Day, Reference, Text, Whole, YesNo
from programmes.importing.sheets import Column, Sheet, sheets

FILE_NAME = "placework-import.xlsx"
READ_ME = "Read me"
LISTS = "#lists"  # hidden; sheets whose name begins with # are passed over
LAST_ROW = 5_000

HEADING = Font(bold=True)
REQUIRED = PatternFill("solid", fgColor="D9E8EA")
WRAPPED = Alignment(wrap_text=True, vertical="top")
HOW_TO = (
    "Fill in the sheets that follow, one thing in each row. Leave a sheet empty if you have nothing"
    " for it. Columns with a coloured heading must be filled in.",
    "Nothing is saved until the whole file is without faults. Importing the same file twice changes"
    " nothing. A cell that is left blank leaves what is held already as it is.",
    "Write values, not formulas. Do not merge, hide or rename anything. For notes of your own, add a"
    " sheet whose name begins with #.",
)


def template_workbook() -> bytes:
    book = Workbook()
    _write_read_me(book.worksheets[0])
    lists = book.create_sheet(LISTS)
    for sheet in sheets():
        _write_sheet(book.create_sheet(sheet.name), sheet, lists)
    book.move_sheet(lists, len(book.worksheets))
    lists.sheet_state = "hidden"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _write_read_me(page: Worksheet) -> None:
    page.title = READ_ME
    for row, sentence in enumerate(("How to fill in this workbook", *HOW_TO), start=1):
        page.cell(row, 1, sentence)
    page["A1"].font = Font(bold=True, size=14)
    page.append([])
    _append_table(
        page,
        ["Sheet", "Needed", "What it holds"],
        [[sheet.name, when_needed(sheet), sheet.explanation] for sheet in sheets()],
    )
    page.append([])
    _append_table(
        page,
        ["Sheet", "Column", "Must be filled in", "What to write", "Meaning", "Example"],
        [
            [row.sheet, row.column, row.must, row.what, row.explanation, row.example]
            for row in explanations()
        ],
    )
    for letter, width in zip("ABCDEF", (16, 18, 18, 45, 60, 35), strict=True):
        page.column_dimensions[letter].width = width


def _append_table(page: Worksheet, header: list[str], rows: list[list[str]]) -> None:
    page.append(header)
    for cell in page[page.max_row]:
        cell.font, cell.fill = HEADING, REQUIRED
    for row in rows:
        page.append(row)
        for cell in page[page.max_row]:
            cell.alignment = WRAPPED
            cell.data_type = "s"  # a word is never taken for a formula


def _write_sheet(page: Worksheet, sheet: Sheet, lists: Worksheet) -> None:
    page.freeze_panes = "A2"
    for position, column in enumerate(sheet.columns, start=1):
        cell = page.cell(1, position, column.name)
        cell.font = HEADING
        if column.required:
            cell.fill = REQUIRED
        letter = get_column_letter(position)
        page.column_dimensions[letter].width = _width(column)
        if isinstance(column.kind, Day):
            page.column_dimensions[letter].number_format = "DD/MM/YYYY"
        validation = _validation(column, lists)
        if validation is not None:
            validation.add(f"{letter}2:{letter}{LAST_ROW}")
            page.add_data_validation(validation)


def _width(column: Column) -> int:
    if isinstance(column.kind, Text) and column.kind.many_lines:
        return 60
    return max(14, len(column.name) + 4, min(40, len(column.example) + 2))


def _validation(column: Column, lists: Worksheet) -> DataValidation | None:
    """What Excel offers and refuses while somebody types. Whatever it lets through is checked anyway."""
    kind = column.kind
    if isinstance(kind, (Choice, YesNo)):
        return DataValidation(
            type="list",
            formula1=_list(lists, list(kind.labels)),
            showErrorMessage=True,
            errorTitle=column.name,
            error="Choose one of the list.",
        )
    if isinstance(kind, Reference):
        # Only an offer: the row may be held already.
        return DataValidation(
            type="list",
            formula1=f"{quote_sheetname(kind.sheet)}!$A$2:$A${LAST_ROW}",
            showErrorMessage=False,
        )
    if isinstance(kind, Whole):
        return DataValidation(
            type="whole",
            operator="between",
            formula1=str(kind.least),
            formula2=str(kind.most),
            showErrorMessage=True,
            errorTitle=column.name,
            error=f"Write {kind.words}.",
        )
    return None


def _list(lists: Worksheet, labels: list[str]) -> str:
    """The labels in a column of the hidden sheet; the same list is written once."""
    for position, written in enumerate(lists.iter_cols(values_only=True), start=1):
        if [value for value in written if value is not None] == labels:
            return _range(position, labels)
    position = lists.max_column + 1 if lists["A1"].value is not None else 1
    for row, label in enumerate(labels, start=1):
        lists.cell(row, position, label)
    return _range(position, labels)


def _range(position: int, labels: list[str]) -> str:
    letter = get_column_letter(position)
    return f"{quote_sheetname(LISTS)}!${letter}$1:${letter}${len(labels)}"
