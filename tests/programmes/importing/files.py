"""Files to import, made in a line or two: a test changes what it is about."""

import io
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from openpyxl import Workbook

from accounts.models import Person
from programmes.actions.imports import Report, check_import, import_programme
from programmes.importing.opening import read
from programmes.importing.own_plans import DEFAULT_FRAME
from programmes.importing.sheets import known_headings
from programmes.models import Lens, LensVersion
from tests import builders

Sheets = dict[str, list[list[Any]]]

SMALL: Sheets = {
    "programme": [["name", "country", "started"], ["Better Together", "England", 2024]],
    "places": [["place", "region"], ["Dudley", "West Midlands"], ["Kent", "South East"]],
    "projects": [["place", "cohort", "focus"], ["Dudley", 1, "Ageing"], ["Kent", 1, "Housing"]],
}


def small(**sheets: list[list[Any]]) -> Sheets:
    """A file without a fault, with these sheets in place of or beside its own."""
    return deepcopy(SMALL) | sheets


def with_cell(sheets: Sheets, sheet: str, row: int, column: int, value: Any) -> Sheets:
    """The same with one cell changed; rows and columns are counted from 1."""
    sheets = deepcopy(sheets)
    cells = sheets[sheet][row - 1]
    cells.extend([None] * (column - len(cells)))
    cells[column - 1] = value
    return sheets


def workbook(sheets: Sheets, edit: Callable[[Workbook], None] | None = None) -> bytes:
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    if edit:
        edit(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def frame(*dimensions: str) -> LensVersion:
    """The lens that orders findings where a file names none."""
    version = builders.lens_version(*dimensions)
    Lens.objects.filter(pk=version.lens_id).update(slug=DEFAULT_FRAME)
    return version


def checked(content: bytes, name: str = "file.xlsx", *, by: Person | None = None) -> Report:
    return check_import(read(name, content, known_headings()), by=by)


def imported(sheets: Sheets, *, by: Person | None = None) -> Report:
    opened = read("file.xlsx", workbook(sheets), known_headings())
    return import_programme(opened, file_name="file.xlsx", by=by)


def faults(sheets: Sheets, *, by: Person | None = None) -> list[str]:
    """What is wrong with a workbook of these sheets, each fault as one line."""
    return [str(fault) for fault in checked(workbook(sheets), by=by).faults.shown]


def count(report: Report, what: str) -> tuple[int, int, int]:
    """(created, changed, as they were) of one thing."""
    found = [row for row in report.counts if row["what"] == what]
    return (found[0]["created"], found[0]["changed"], found[0]["same"]) if found else (0, 0, 0)
