"""A listing as a file: every row that was asked for, in bounded memory.

A cell that a spreadsheet would run as a formula is made text by an apostrophe in front.
"""

import csv
import datetime
import io
from collections.abc import Callable, Iterator
from tempfile import TemporaryFile
from typing import IO, Any

from django.http import FileResponse
from django.utils import timezone
from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from documents.printable import printable
from documents.tables.column import Value
from documents.tables.listing import Listing

WIDE = "\uff1d\uff0b\uff0d\uff20"  # = + - @ of East Asian keyboards, which some spreadsheets read alike
FORMULA_STARTS = tuple("=+-@\t\r\n" + WIDE)
LONGEST_CELL = 32_767  # characters; Excel calls a file with more than that damaged
ROWS_AT_A_TIME = 500


def harmless(text: str) -> str:
    """`text`, so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def exported(value: Value) -> Value:
    """A value for a file: text harmless, times local and plain, the rest as it is."""
    if isinstance(value, str):
        return harmless(printable(value))[:LONGEST_CELL]
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    return value


def exported_rows(listing: Listing[Any]) -> Iterator[list[Value]]:
    columns = listing.table.columns
    for row in listing.rows.iterator(chunk_size=ROWS_AT_A_TIME):
        yield [exported(column.value(row)) for column in columns]


def write_csv(listing: Listing[Any], file: IO[bytes]) -> None:
    """UTF-8 with a byte order mark, without which Excel reads é as Ã©."""
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text)
    writer.writerow(harmless(column.label) for column in listing.table.columns)
    writer.writerows(exported_rows(listing))
    text.detach()


def write_xlsx(listing: Listing[Any], file: IO[bytes]) -> None:
    """One sheet with a bold, frozen header row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(listing.table.nouns.capitalize()[:31])
    sheet.freeze_panes = "A2"
    for number, column in enumerate(listing.table.columns, start=1):
        widths = sheet.column_dimensions[get_column_letter(number)]
        widths.width = max(12, len(column.label) + 4) if column.is_number else 28
    header = []
    for column in listing.table.columns:
        cell = WriteOnlyCell(sheet, harmless(column.label))
        cell.font = Font(bold=True)
        header.append(cell)
    sheet.append(header)
    for row in exported_rows(listing):
        sheet.append([_dated(sheet, value) for value in row])
    book.save(file)


def _dated(sheet: Any, value: Any) -> Any:
    """A date as a date cell that shows day, month and year wherever it is opened."""
    if not isinstance(value, datetime.date):
        return value
    cell: Any = WriteOnlyCell(sheet)
    cell.value = value
    with_time = isinstance(value, datetime.datetime)
    cell.number_format = "dd/mm/yyyy hh:mm:ss" if with_time else "dd/mm/yyyy"
    return cell


FORMATS: dict[str, tuple[Callable[[Listing[Any], IO[bytes]], None], str]] = {
    "csv": (write_csv, "text/csv; charset=utf-8"),
    "xlsx": (
        write_xlsx,
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
}


def download(listing: Listing[Any], form: str) -> FileResponse:
    """The whole file is made before the first byte leaves, so a fault is a fault and not half a file."""
    write, content_type = FORMATS[form]
    file = TemporaryFile()  # noqa: SIM115 -- the response closes it
    write(listing, file)
    file.seek(0)
    name = f"{slugify(listing.table.nouns)}-{timezone.localdate():%Y-%m-%d}.{form}"
    return FileResponse(file, as_attachment=True, filename=name, content_type=content_type)
