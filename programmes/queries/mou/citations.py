"""Who cites a clause, and what a thing cites; each reader gets what they may see, and no count of more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from accounts.models import Person
from programmes.citing import Citing, Seen, kinds_by_type
from programmes.models import (
    MOU,
    Citation,
    Clause,
    Project,
    VersionState,
)
from programmes.mou_states import UNFINISHED
from programmes.queries.mou.drafting import fetched


@dataclass(frozen=True)
class CitedBy:
    """A citation of a clause, with the thing that cites as its reader may see it."""

    kind: str
    seen: Seen
    at: datetime
    wording: int  # the number of the wording that stood


@dataclass(frozen=True)
class Cited:
    """A citation as the page of the thing that cites shows it."""

    pk: int
    clause_id: int
    key: str
    heading: str
    at: datetime
    by_name: str
    wording: int


@dataclass(frozen=True)
class Citable:
    """A clause as it stands in one version."""

    clause_id: int
    wording_id: int
    number: int
    heading: str

    @property
    def title(self) -> str:
        return f"{self.number}. {self.heading}"


@dataclass(frozen=True)
class CitableVersion:
    """The clauses that one version has, and the one before it in the list has not."""

    title: str
    clauses: list[Citable]


def who_cites(clause: Clause, project: Project, person: Person) -> list[CitedBy]:
    """Latest first. As many queries as there are kinds of things among them, and one."""
    kinds = kinds_by_type()
    rows = list(
        clause.citations.order_by("-cited_at", "-pk").values_list(
            "cited_in_type", "cited_in_id", "cited_at", "wording__number"
        )
    )
    seen = {
        (of_type, pk): each
        for of_type, ids in _by_type((row[0], row[1]) for row in rows).items()
        if of_type in kinds
        for pk, each in kinds[of_type].seen_by(person, project, ids).items()
    }
    return [
        CitedBy(kinds[of_type].name, seen[of_type, pk], at, wording)
        for of_type, pk, at, wording in rows
        if (of_type, pk) in seen
    ]


def seen_in(citation: Citation, project: Project, person: Person) -> Seen | None:
    """The thing that cites, if the person may see it."""
    kind = kinds_by_type().get(citation.cited_in_type_id)
    pk = citation.cited_in_id
    return kind.seen_by(person, project, [pk]).get(pk) if kind else None


def open_citations(mou: MOU, rows: Iterable[tuple[int, date, int, int]]) -> list[tuple[int, date]]:
    """Of rows of clause, day, type and id: clause and day of those by what the place may see."""
    kinds, rows = kinds_by_type(), list(rows)
    shown = {
        (of_type, pk)
        for of_type, ids in _by_type((row[2], row[3]) for row in rows).items()
        if of_type in kinds
        for pk in kinds[of_type].open_to_the_place(mou.project, ids)
    }
    return [(clause, at) for clause, at, of_type, pk in rows if (of_type, pk) in shown]


# The panel of a page that has much else to fetch: quicker than Django puts them together.
_CITED_IN = """
    SELECT citation.id, clause.id, clause.key, wording.heading, citation.cited_at,
        citation.cited_by_name, wording.number
    FROM programmes_citation citation
    JOIN programmes_clause clause ON clause.id = citation.clause_id
    JOIN programmes_wording wording ON wording.id = citation.wording_id
    WHERE citation.cited_in_type_id = %s AND citation.cited_in_id = %s
    ORDER BY citation.cited_at, citation.id
"""
_CITABLE = """
    SELECT version.number, version.state, place.clause_id, place.wording_id, place.number,
        wording.heading
    FROM programmes_mouversion version
    JOIN programmes_versionclause place ON place.version_id = version.id
    JOIN programmes_wording wording ON wording.id = place.wording_id
    WHERE version.mou_id = %s AND version.state = ANY(%s)
    ORDER BY version.number, place.number
"""


def cited_in(thing: Citing) -> list[Cited]:
    """What a thing cites, in the order in which it did."""
    model: Any = type(thing)
    of_type = ContentType.objects.get_for_model(model)
    return [Cited(*row) for row in fetched(_CITED_IN, of_type.pk, thing.pk)]


def citable(mou: MOU) -> list[CitableVersion]:
    """The clauses of the version in force, then those that the unfinished one has besides."""
    rows = fetched(_CITABLE, mou.pk, [VersionState.SEALED, *UNFINISHED])
    versions: dict[str, list[Citable]] = {}
    known: set[int] = set()
    for version, state, clause, wording, number, heading in rows:
        is_in_force = state == VersionState.SEALED
        title = f"Version {version}, {'in force' if is_in_force else 'not in force yet'}"
        if clause not in known:
            known.add(clause)
            versions.setdefault(title, []).append(Citable(clause, wording, number, heading))
    return [CitableVersion(title, clauses) for title, clauses in versions.items()]


def _by_type(rows: Iterable[tuple[int, int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = defaultdict(list)
    for of_type, pk in rows:
        found[of_type].append(pk)
    return found
