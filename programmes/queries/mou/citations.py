"""Who cites a clause, and what a thing cites; each reader gets what they may see, and no count of more."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import F, QuerySet

from accounts.models import Person
from programmes.citing import Citing, Seen, kinds_by_type
from programmes.models import (
    MOU,
    Citation,
    Clause,
    Project,
    VersionClause,
    VersionState,
)
from programmes.mou_states import UNFINISHED


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


def cited_in(thing: Citing) -> list[Cited]:
    """What a thing cites, in the order in which it did."""
    rows = citations_in(thing).order_by("cited_at", "pk")
    return [
        Cited(*row)
        for row in rows.values_list(
            "pk",
            "clause",
            "clause__key",
            "wording__heading",
            "cited_at",
            "cited_by_name",
            "wording__number",
        )
    ]


def citations_in(thing: Citing) -> QuerySet[Citation]:
    of_type = ContentType.objects.get_for_model(type(thing))  # type: ignore[arg-type]
    return Citation.objects.filter(cited_in_type=of_type, cited_in_id=thing.pk)


def citable(mou: MOU) -> list[CitableVersion]:
    """The clauses of the version in force, then those that the unfinished one has besides."""
    rows = (
        VersionClause.objects.filter(
            version__mou=mou, version__state__in=[VersionState.SEALED, *UNFINISHED]
        )
        .order_by("version__number", "number")
        .values_list(
            "version__number",
            "version__state",
            "clause",
            "wording",
            "number",
            F("wording__heading"),
        )
    )
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
