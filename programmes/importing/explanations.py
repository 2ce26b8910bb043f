"""The declared sheets as tables of words: for the template's first sheet and the documentation."""

from collections.abc import Iterator
from dataclasses import dataclass

from programmes.importing.sheets import Sheet, sheets

NEEDED = {"programme": "always", "places": "for a new programme", "projects": "for a new programme"}


@dataclass(frozen=True)
class Explanation:
    sheet: str
    column: str
    must: str  # "yes" or ""
    what: str
    explanation: str
    example: str


def explanations() -> Iterator[Explanation]:
    for sheet in sheets():
        for column in sheet.columns:
            yield Explanation(
                sheet.name,
                column.name,
                "yes" if column.required else "",
                column.kind.words,
                column.explanation,
                column.example,
            )


def when_needed(sheet: Sheet) -> str:
    return NEEDED.get(sheet.name, "if you have it")


def as_markdown() -> str:
    """What `docs/importing.md` says of every sheet and column."""
    parts = []
    for sheet in sheets():
        parts += [f"### {sheet.name}", "", f"{sheet.explanation} Needed: {when_needed(sheet)}.", ""]
        parts += [
            "| column | must be filled in | what to write | meaning |",
            "| --- | --- | --- | --- |",
        ]
        parts += [
            f"| {row.column} | {row.must} | {row.what} | {row.explanation} |"
            for row in explanations()
            if row.sheet == sheet.name
        ]
        parts.append("")
    return "\n".join(parts).rstrip() + "\n"
