"""A manuscript with one of everything. All of it is invented."""

from datetime import date

from documents import charts
from documents.manuscript import (
    DataTable,
    Entry,
    Manuscript,
    Part,
    Picture,
    Prose,
    Quote,
    Subheading,
    Thread,
)

PROSE = """The partners met for the first time in a village hall. *Nobody* brought slides.

They agreed on three things:

1. to speak to residents **before** writing anything down,
2. to share one budget line,
3. to meet again in a month.

#### What came of it

The [shared page](https://example.org/shared) is still used. A councillor kept the minutes, and a
charity worker kept the tea. The first meeting ended early; the second did not.
"""
COUNTS = (
    ("Initial conditions", 4),
    ("Processes and practices", 11),
    ("Structure and governance", 3),
    ("Contingencies and constraints", 0),
    ("Outcomes and accountabilities", 7),
)
KINDS = ("Interview", "Minutes", "Site visit")
PLACES = (("Ambridge", (5, 2, 1)), ("Holby and the neighbouring villages", (12, 0, 1)))


def manuscript(rows: int = 60, paragraphs: int = 6) -> Manuscript:
    chart = charts.bars("Excerpts by dimension", "Most are about processes.", COUNTS)
    stacked = charts.stacked_bars("Sources by place", "Holby has most.", PLACES, KINDS)
    return Manuscript(
        title="How Ambridge learned to share its winter beds",
        subtitle="A full case study of the programme Better Winters",
        cover=(
            ("Programme", "Better Winters"),
            ("Place", "Ambridge"),
            ("Cohort", "2"),
            ("Type", "Full case study"),
            ("Revision", "14"),
            ("Made on", "20 November 2026"),
        ),
        notice="Ambridge, its people and all they say here are invented, to show what Placework does.",
        written_on=date(2026, 11, 20),
        parts=(
            Part(
                "Start-up conditions",
                (
                    Prose("\n\n".join([PROSE] * (paragraphs // 3))),
                    Quote(
                        "We had been circling each other for years.\nThen the winter came.",
                        "Project partner, Ambridge",
                        "Q1",
                    ),
                    Prose("The quote above is resolved in the appendix."),
                ),
            ),
            Part(
                "Findings by dimension",
                (
                    Picture(
                        chart, "Excerpts by dimension", "Most are about processes.", COUNTS_ROWS
                    ),
                    Subheading("Processes and practices"),
                    Prose(PROSE),
                    Quote("It was the tea that did it.", "Enabler, Ambridge", "Q2"),
                    Subheading("Outcomes and accountabilities"),
                    Prose("One paragraph.\n\n" * paragraphs),
                    Quote("Nobody asks whose bed it is any more.", "Ward sister, Ambridge", "Q1"),
                ),
            ),
            Part(
                "Sources",
                (
                    Picture(stacked, "Sources by place", "Holby has most.", COUNTS_ROWS),
                    DataTable(
                        "Sources of this case study",
                        ("Kind", "What it is", "Number"),
                        tuple(
                            (f"Interview {n}", "Conversation of about an hour with a partner", "1")
                            for n in range(1, rows + 1)
                        ),
                        numbers=frozenset({2}),
                        total=("All", "", str(rows)),
                    ),
                ),
            ),
            Part(
                "The thread",
                (
                    Thread(
                        "Where each quote comes from",
                        ("Reference", "Source", "Date", "Who spoke"),
                        (
                            Entry(
                                "Q1",
                                ("Interview 3, version 1, lines 4 to 6", "3 May 2026", "Partner"),
                            ),
                            Entry("Q2", ("Observation 1, version 2", "9 May 2026", "Enabler")),
                        ),
                    ),
                ),
            ),
        ),
    )


COUNTS_ROWS = tuple((label, str(number)) for label, number in COUNTS)
