"""The lists of evidence and of excerpts, each declared once for its page and its files."""

from typing import Any

from django import forms
from django.db.models.functions import Lower

from documents.tables import Column, Empty, Filter, Search, Table, choice
from evaluation.models import Evidence, Excerpt, SourceKind
from evaluation.models.evidence import attribution
from evaluation.queries.coding import Branch, Choice, coded_to
from programmes.models import Dimension

EVIDENCE: Table[Evidence] = Table(
    noun="item of evidence",
    nouns="items of evidence",
    columns=[
        Column(
            "number",
            "Reference",
            lambda row: row.reference,
            link=lambda row: row.get_absolute_url(),
            tag=lambda row: "Withdrawn" if row.is_withdrawn else "",
            sort=["number"],
        ),
        Column("title", "Title", lambda row: row.title, sort=[Lower("title")]),
        Column("kind", "Kind of source", lambda row: row.get_kind_display(), sort=["source__kind"]),
        Column("speaker", "Who spoke", lambda row: row.attribution, sort=[Lower("speaker_role")]),
        Column("collected", "Collected", lambda row: row.collected_on, sort=["collected_on"]),
        Column(
            "excerpts",
            "Excerpts",
            lambda row: vars(row)["made"][0],
            sort=["made__0"],
            is_number=True,
        ),
        Column(
            "codings",
            "Codings",
            lambda row: vars(row)["made"][1],
            sort=["made__1"],
            is_number=True,
        ),
    ],
    sort="number",
    empty=Empty("No evidence has been added to this project yet."),
    filters=[choice("kind", "Kind of source", lambda: SourceKind.choices, lookup="source__kind")],
)


class SearchInQuotes(Search):
    """Words as they stand in the quotes themselves."""

    def narrow(self, rows: Any, text: str) -> Any:
        return rows.saying(text)


def _speaker(row: Excerpt) -> str:
    said = vars(row)
    return attribution(row.speaker_role or said["role"], said["place"])


def _source(row: Excerpt) -> str:
    said = vars(row)
    return f"E{said['item']}, {SourceKind(said['kind']).label.lower()}"


def _coded(row: Excerpt, what: str) -> str:
    """What its codings say, a line each and nothing twice."""
    codings: list[dict[str, str]] = vars(row)["coded"]
    return "\n".join(dict.fromkeys(coding[what] for coding in codings))


def excerpts_table(lenses: list[Choice]) -> Table[Excerpt]:
    """The list of excerpts, which can be narrowed to a dimension of any of these lenses, if any."""
    dimensions: dict[str, Dimension] = {}

    def options(branches: list[Branch], above: str = "") -> list[tuple[str, str]]:
        found = []
        for branch in branches:
            key, name = str(branch.dimension.pk), f"{above}{branch.dimension.name}"
            dimensions[key] = branch.dimension
            found += [(key, name), *options(branch.children, f"{name}: ")]
        return found

    groups = [(str(lens.version.lens), options(lens.branches)) for lens in lenses]

    def field() -> forms.Field:
        return forms.ChoiceField(label="Dimension", required=False, choices=[("", "All"), *groups])

    return Table(
        noun="excerpt",
        nouns="excerpts",
        columns=[
            Column(
                "number",
                "Reference",
                lambda row: row.reference,
                link=lambda row: row.get_absolute_url(),
                sort=["number"],
            ),
            Column("quote", "Quote", lambda row: row.quote),
            Column("speaker", "Who spoke", _speaker),
            Column("source", "Source", _source, sort=["version__evidence__number", "start"]),
            Column("dimensions", "Dimensions", lambda row: _coded(row, "dimension")),
            Column("coders", "Coded by", lambda row: _coded(row, "coder")),
        ],
        sort="number",
        empty=Empty("No passage has been coded yet. Open an item of evidence and select one."),
        search=SearchInQuotes(hint="Words as they stand in the quotes"),
        filters=[
            Filter("dimension", field, lambda rows, key: coded_to(rows, dimensions[key]))  # type: ignore[arg-type]
        ]
        if lenses
        else [],
    )
