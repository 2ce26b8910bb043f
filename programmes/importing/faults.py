"""What is wrong with a file, told so that whoever filled it in can put it right."""

from dataclasses import dataclass, field

SHOWN = 200  # a page of this length can still be read; the rest is only counted
QUOTED = 60


@dataclass(frozen=True)
class Fault:
    """One thing to put right. Row 0 is the sheet as a whole; an empty sheet is the file."""

    sheet: str
    row: int
    column: str
    sentence: str

    @property
    def where(self) -> str:
        parts = [self.sheet, f"row {self.row}" if self.row else "", self.column]
        return ", ".join(part for part in parts if part)

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence}" if self.where else self.sentence


@dataclass
class Faults:
    """The first faults that were found, and how many there are in all; warnings stop nothing."""

    shown: list[Fault] = field(default_factory=list)
    total: int = 0
    warnings: list[Fault] = field(default_factory=list)

    def __bool__(self) -> bool:
        return self.total > 0

    def add(self, sheet: str, row: int, column: str, sentence: str) -> None:
        self.total += 1
        if len(self.shown) < SHOWN:
            self.shown.append(Fault(sheet, row, column, sentence))

    def warn(self, sheet: str, row: int, column: str, sentence: str) -> None:
        if len(self.warnings) < SHOWN:
            self.warnings.append(Fault(sheet, row, column, sentence))


class Refused(Exception):
    """The file as a whole cannot be read; the message says why and what to do."""


class Unreadable(Exception):
    """One cell's value is not of its column's kind; the message says what to write."""


def quoted(value: object) -> str:
    """What somebody typed, short enough for a sentence."""
    text = " ".join(str(value).split())
    return f"“{text[:QUOTED]}…”" if len(text) > QUOTED else f"“{text}”"
