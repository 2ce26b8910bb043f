"""Which sheets there are and what their columns hold: declared once, as rows of data.

The declaration drives the reading, the faults, the template with its explanations, and the page
of the documentation. Rooms above add their sheets, and columns to the sheets of this room.
"""

from dataclasses import dataclass

from programmes.importing.kinds import Kind
from programmes.importing.words import bare


@dataclass(frozen=True)
class Column:
    name: str  # the heading in a file
    kind: Kind
    explanation: str
    required: bool = False
    example: str = ""
    other_headings: tuple[str, ...] = ()

    @property
    def headings(self) -> set[str]:
        return {bare(heading) for heading in (self.name, *self.other_headings)}


@dataclass
class Sheet:
    name: str
    explanation: str
    columns: list[Column]
    key: tuple[str, ...]  # the columns that together say which row it is
    order: int  # in the template, and in which rows are planned
    other_names: tuple[str, ...] = ()

    @property
    def names(self) -> set[str]:
        return {bare(name) for name in (self.name, *self.other_names)}

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


_sheets: dict[str, Sheet] = {}


def add_sheet(sheet: Sheet) -> None:
    if sheet.name in _sheets:
        raise ValueError(f"There is a sheet {sheet.name!r} already.")
    _sheets[sheet.name] = sheet


def add_columns(sheet_name: str, *columns: Column) -> None:
    """What a room above knows of a row that a room below declared."""
    _sheets[sheet_name].columns.extend(columns)


def sheets() -> list[Sheet]:
    return sorted(_sheets.values(), key=lambda sheet: sheet.order)


def sheet_called(name: str) -> Sheet:
    return _sheets[name]


def known_headings() -> set[str]:
    return {
        heading for sheet in sheets() for column in sheet.columns for heading in column.headings
    }
