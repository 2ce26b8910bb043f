"""Survey answers from a workbook or CSV file: each row one answer, with the questions as labels."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import date, datetime, time

from evaluation.extraction.outcome import Extracted, NotReadable, numbers, several
from evaluation.extraction.plain import decoded
from programmes.importing.faults import Refused
from programmes.importing.grids import CellError, Formula, Grid, Raw, is_blank, letter
from programmes.importing.workbooks import read_workbook

DELIMITERS = ",;\t"
TELLS_WHO = re.compile(r"\b(name|e-?mail|phone|telephone|mobile|address|ip)\b", re.IGNORECASE)
NO_ANSWERS = "There are no answers in this file: it needs a row of questions with rows below it."


def read_workbook_rows(content: bytes) -> Extracted:
    """The answers on the first sheet that has any."""
    try:
        grids = read_workbook(content)
    except Refused as refusal:
        raise NotReadable(str(refusal)) from refusal
    filled = [grid for grid in grids if grid.rows and not grid.is_hidden]
    if not filled:
        raise NotReadable(NO_ANSWERS)
    extracted = _answers(filled[0])
    if len(filled) > 1:
        others = ", ".join(f"“{grid.name}”" for grid in filled[1:])
        extracted.warnings.insert(
            0, f"Only the sheet “{filled[0].name}” was read, not {others}. Add those one by one."
        )
    for remark in filled[0].faults:
        extracted.warnings.append(
            f"Row {remark.row}: {remark.sentence}" if remark.row else remark.sentence
        )
    return extracted


def read_separated_rows(content: bytes) -> Extracted:
    """The answers in a CSV file, whether its cells are apart by commas, semicolons or tabs."""
    text, warnings = decoded(content)
    if "\0" in text:
        raise NotReadable("This is not a text file. Save the sheet as “CSV UTF-8”.")
    grid = Grid("", [])
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
        for number, cells in enumerate(reader, start=1):
            if any(cell.strip() for cell in cells):
                grid.rows.append((number, list(cells)))
    except csv.Error as error:
        raise NotReadable(
            f"The quotation marks around a cell after row {len(grid.rows)} are not closed."
            " Save the sheet as “CSV UTF-8” again."
        ) from error
    extracted = _answers(grid)
    extracted.warnings[:0] = warnings
    return extracted


def _delimiter(text: str) -> str:
    """The one that stands most often in the first line that has anything, outside quotation marks."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    bare = re.sub(r'"[^"]*"?', "", first)
    return max(DELIMITERS, key=bare.count)


def _answers(grid: Grid) -> Extracted:
    if len(grid.rows) < 2:
        raise NotReadable(NO_ANSWERS)
    (_, heading), *rows = grid.rows
    questions = [written(cell).strip() for cell in heading]
    answers = [list(_answered(questions, cells)) for _, cells in rows]
    blocks = [
        "\n\n".join([f"Answer {number}", *answer])
        for number, answer in enumerate((a for a in answers if a), start=1)
    ]
    return Extracted("\n\n\n".join(blocks), list(_warnings(questions, grid)))


def _answered(questions: list[str], cells: list[Raw]) -> Iterator[str]:
    for column, cell in enumerate(cells, start=1):
        if is_blank(cell):
            continue
        question = questions[column - 1] if column <= len(questions) else ""
        yield f"{question or f'Column {letter(column)}'}\n{written(cell).strip()}"


def written(cell: Raw) -> str:
    """A cell as people read it."""
    if cell is None:
        return ""
    if isinstance(cell, Formula | CellError):
        return cell.text
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime):
        return _day(cell) if cell.time() == time() else f"{_day(cell)}, {cell:%H:%M}"
    if isinstance(cell, date):
        return _day(cell)
    return str(cell)


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _warnings(questions: list[str], grid: Grid) -> Iterator[str]:
    rows = grid.rows[1:]
    formulas = [number for number, cells in rows if any(isinstance(c, Formula) for c in cells)]
    if formulas:
        where = numbers(formulas, "Row")
        yield f"{where}: formulas stand as they were typed. Replace them by their values."
    errors = [number for number, cells in rows if any(isinstance(c, CellError) for c in cells)]
    if errors:
        yield f"{numbers(errors, 'Row')}: a cell shows an error, which stands as it is."
    unnamed = sum(1 for question in questions if not question)
    if unnamed:
        yield f"{several(unnamed, 'column has', 'columns have')} no question in the first row."
    for question in questions:
        if TELLS_WHO.search(question):
            yield f"“{question}” may tell who answered. Take those answers out before you accept the text."
