"""Reading a CSV file into a grid."""

import codecs
import csv
import io

from programmes.importing.faults import Refused
from programmes.importing.grids import Grid, Raw, Remark
from programmes.importing.words import bare

MAX_ROWS = 100_000
MAX_COLUMNS = 200
MAX_CELL = 2_000_000
DELIMITERS = ",;\t"
NUL = "\0"

# The limit is the process's own; the library's default (131,072) is shorter than a long interview.
csv.field_size_limit(MAX_CELL)


def read_separated(name: str, content: bytes, headings: set[str]) -> Grid:
    """The grid of one file. `headings` are the known ones, by which the delimiter is recognised."""
    text, warnings = decoded(content)
    if NUL in text:
        raise Refused(
            f"{name} is not a text file. Save the sheet as “CSV UTF-8” and choose the new file."
        )
    delimiter = _delimiter(text, headings)
    grid = Grid(name, [], warnings=warnings)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            row: list[Raw] = [cell if cell.strip() else None for cell in cells]
            while row and row[-1] is None:
                row.pop()
            if len(row) > MAX_COLUMNS:
                raise Refused(f"A row of {name} has more than {MAX_COLUMNS} columns.")
            if row:
                grid.rows.append((number, row))
            if len(grid.rows) > MAX_ROWS:
                raise Refused(f"{name} has more than {MAX_ROWS:,} rows. Split it.")
    except csv.Error:
        grid.faults.append(
            Remark(
                number + 1,
                0,
                "The quotation marks around a value are not closed, or the value is longer than"
                f" {MAX_CELL:,} characters. Nothing after this could be read.",
            )
        )
    return grid


def decoded(content: bytes) -> tuple[str, list[Remark]]:
    """The text, and a warning if its encoding had to be guessed."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", errors="replace"), []
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
    text = content.decode("cp1252", errors="replace")
    warning = (
        f"This file is not in UTF-8 (seen at line {line}), so it was read as Windows-1252."
        " Check letters with accents and quotation marks, or save it as “CSV UTF-8”."
    )
    return text, [Remark(0, 0, warning)]


def _delimiter(text: str, headings: set[str]) -> str:
    """The one that makes the most known headings of the first line; a comma if none does."""
    first = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter: str) -> int:
        return sum(bare(heading) in headings for heading in first.split(delimiter))

    return max(DELIMITERS, key=known)
