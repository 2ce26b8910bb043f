"""The MOU as it is being written: its clauses, what is proposed, and how the parties stand to both.

All of it in a few queries, whatever the MOU holds.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection

from accounts.models import Person
from accounts.roles import Role
from places.models import Organisation
from programmes.models import (
    MOU,
    MOUVersion,
    Party,
    VersionState,
    WordingState,
)
from programmes.mou_states import OUT, UNFINISHED


@dataclass(frozen=True)
class Proposal:
    """A wording that nobody has settled yet."""

    wording_id: int
    clause_id: int
    key: str
    number: int
    heading: str
    leaves_out: bool
    is_new: bool  # a clause that the draft does not have
    party: str  # empty where staff or the enabler proposed it
    by_name: str
    at: datetime

    @property
    def title(self) -> str:
        if self.leaves_out:
            return f"Leave out “{self.heading}”"
        return (
            f"New clause “{self.heading}”"
            if self.is_new
            else f"Another wording of “{self.heading}”"
        )

    @property
    def by(self) -> str:
        return f"{self.by_name}, {self.party}" if self.party else self.by_name


@dataclass(frozen=True)
class Line:
    """One clause of a version, with what is proposed for it."""

    clause_id: int
    key: str
    number: int
    wording_id: int
    heading: str
    text: str
    remarks: int
    proposals: list[Proposal] = field(default_factory=list)


@dataclass(frozen=True)
class Written:
    """The clauses of a version in their order, and what waits to be settled, in the order of its
    clauses; new clauses last.
    """

    lines: list[Line]
    proposals: list[Proposal]

    @property
    def wording_ids(self) -> list[int]:
        return [line.wording_id for line in self.lines] + [
            proposal.wording_id for proposal in self.proposals
        ]


def versions_of(mou: MOU) -> list[MOUVersion]:
    """Latest first."""
    return list(mou.versions.only("number", "state", "created_at", "mou").order_by("-number"))


def spoken_for(person: Person, mou: MOU) -> list[Party]:
    """The parties that the person speaks for, as "programmes.speak_for_party" has it."""
    if mou.project.place_id not in person.scope_ids("places.place", Role.PARTNER):
        return []
    return [_party(mou, *row) for row in fetched(_SPOKEN_FOR, person.pk, mou.pk)]


def _party(mou: MOU, pk: int, organisation: int, name: str) -> Party:
    """With its name, and nothing else read yet."""
    party = Party.from_db(
        "default", ["id", "mou_id", "organisation_id"], [pk, mou.pk, organisation]
    )
    party.mou = mou
    party.organisation = Organisation.from_db("default", ["id", "name"], [organisation, name])
    return party


# The pages of an MOU show most of what there is of it. Django takes longer to put these together than
# PostgreSQL to answer them.
_WRITTEN = """
    SELECT wording.id, wording.id = place.wording_id, place.number, clause.id, clause.key,
        wording.heading, wording.text, wording.number, wording.leaves_out, organisation.name,
        wording.proposed_by_name, wording.proposed_at,
        (SELECT COUNT(*) FROM programmes_remark remark WHERE remark.clause_id = clause.id)
    FROM programmes_clause clause
    JOIN programmes_wording wording ON wording.clause_id = clause.id
    LEFT JOIN programmes_versionclause place
        ON place.clause_id = clause.id AND place.version_id = %s
    LEFT JOIN programmes_party party ON party.id = wording.party_id
    LEFT JOIN places_organisation organisation ON organisation.id = party.organisation_id
    WHERE clause.mou_id = %s AND (wording.id = place.wording_id OR wording.state = %s)
    ORDER BY place.number NULLS LAST, clause.id, wording.number
"""
_SPOKEN_FOR = """
    SELECT party.id, organisation.id, organisation.name
    FROM programmes_representative representative
    JOIN programmes_party party ON party.id = representative.party_id
    JOIN places_organisation organisation ON organisation.id = party.organisation_id
    WHERE representative.person_id = %s AND representative.ended_at IS NULL
        AND party.mou_id = %s AND party.left_on IS NULL
    ORDER BY organisation.name, party.id
"""


def fetched(sql: str, *values: Any, **named: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, named or values)
        return list(cursor.fetchall())


def written(version: MOUVersion) -> Written:
    """What a version says, and what is proposed for it if it is a draft."""
    proposed = WordingState.PROPOSED if version.state == VersionState.DRAFT else ""
    rows = fetched(_WRITTEN, version.pk, version.mou_id, proposed)
    lines: dict[int, Line] = {}
    proposals = []
    for row in map(_Row._make, rows):
        if row.stands and row.place:
            lines[row.clause_id] = _line(row, row.place)
        else:
            proposals.append(_proposal(row))
    for proposal in proposals:
        if proposal.clause_id in lines:
            lines[proposal.clause_id].proposals.append(proposal)
    return Written(list(lines.values()), proposals)


class _Row(NamedTuple):
    """As `_WRITTEN` selects it."""

    wording_id: int
    stands: bool | None
    place: int | None
    clause_id: int
    key: str
    heading: str
    text: str
    number: int
    leaves_out: bool
    party: str | None
    by_name: str
    at: datetime
    remarks: int


def _line(row: _Row, place: int) -> Line:
    return Line(
        clause_id=row.clause_id,
        key=row.key,
        number=place,
        wording_id=row.wording_id,
        heading=row.heading,
        text=row.text,
        remarks=row.remarks,
    )


def _proposal(row: _Row) -> Proposal:
    return Proposal(
        wording_id=row.wording_id,
        clause_id=row.clause_id,
        key=row.key,
        number=row.number,
        heading=row.heading,
        leaves_out=row.leaves_out,
        is_new=row.place is None,
        party=row.party or "",
        by_name=row.by_name,
        at=row.at,
    )


def draft_of(mou: MOU) -> MOUVersion | None:
    """The one version that can still be written; none where the MOU has ended."""
    if mou.ended_at is not None:
        return None
    rows = mou.versions.filter(state=VersionState.DRAFT)
    return rows.order_by("pk").first()  # the order of the model joins other tables


def draft_among(versions: Iterable[MOUVersion]) -> MOUVersion | None:
    return next((each for each in versions if each.state == VersionState.DRAFT), None)


def out_among(versions: Iterable[MOUVersion]) -> MOUVersion | None:
    """The one that is on its way from being sent to being sealed."""
    return next((each for each in versions if each.state in OUT), None)


def in_force_among(versions: Iterable[MOUVersion]) -> MOUVersion | None:
    return next((each for each in versions if each.state == VersionState.SEALED), None)


def is_nothing_open(versions: Iterable[MOUVersion]) -> bool:
    """Whether no version is being written or signed, so that another may begin."""
    return not any(each.state in UNFINISHED for each in versions)
