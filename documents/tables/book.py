"""Several tables as one file: a workbook with a sheet for each, or an archive of CSV files.

Text that a spreadsheet would run as a formula is made harmless, as in every export.
"""

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from documents.tables.column import Value
from documents.tables.export import exported, harmless

NO_DATE = (1980, 1, 1, 0, 0, 0)  # the same rows give the same archive


@dataclass(frozen=True)
class Sheet:
    """One table. Its name is that of a sheet and of a file."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]


def as_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook; each sheet has a bold, frozen header."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        page = book.create_sheet(sheet.name)
        page.freeze_panes = "A2"
        header = []
        for name in sheet.header:
            cell = WriteOnlyCell(page, harmless(name))
            cell.font = Font(bold=True)
            header.append(cell)
        page.append(header)
        for row in sheet.rows:
            page.append([exported(value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def as_csv_archive(sheets: Sequence[Sheet]) -> bytes:
    """A ZIP file of one CSV file a sheet, in UTF-8 with a byte order mark for Excel."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet in sheets:
            text = io.StringIO()
            writer = csv.writer(text)
            writer.writerow([harmless(name) for name in sheet.header])
            writer.writerows([exported(value) for value in row] for row in sheet.rows)
            name = zipfile.ZipInfo(f"{sheet.name}.csv", NO_DATE)
            archive.writestr(name, text.getvalue().encode("utf-8-sig"), zipfile.ZIP_DEFLATED)
    return file.getvalue()
