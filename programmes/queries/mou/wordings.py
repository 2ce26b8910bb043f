"""One wording, and one clause, as their pages show them."""

from dataclasses import dataclass
from datetime import datetime

from documents.differences import Run, differences
from programmes.models import (
    MOU,
    Party,
    Wording,
    WordingState,
)
from programmes.queries.mou.drafting import fetched
from programmes.queries.mou.stances import WITH_SAID, PartyRow, party_rows


@dataclass(frozen=True)
class Words:
    """One wording as pages show it."""

    pk: int
    number: int
    heading: str
    text: str
    leaves_out: bool
    reason: str
    state: str
    based_on_id: int | None
    party: str | None
    proposed_by_id: int | None
    proposed_by_name: str
    proposed_at: datetime
    settled_at: datetime | None
    settled_because: str

    @property
    def is_proposed(self) -> bool:
        return self.state == WordingState.PROPOSED

    @property
    def state_label(self) -> str:
        return WordingState(self.state).label


@dataclass(frozen=True)
class ClauseNow:
    """A clause in the latest version, with all wordings that it ever had, the latest first."""

    pk: int
    key: str
    concerns: list[str]  # empty where it is everybody's
    version: int
    is_written: bool  # whether that version is a draft, of an MOU that goes on
    last_number: int
    number: int | None  # nothing where the version does not have the clause
    standing_id: int | None
    wordings: list[Words]

    def wording(self, pk: int | None) -> Words | None:
        return next((each for each in self.wordings if each.pk == pk), None)

    @property
    def standing(self) -> Words | None:
        """As the version has it."""
        return self.wording(self.standing_id)

    @property
    def proposals(self) -> list[Words]:
        return [each for each in self.wordings if self.is_written and each.is_proposed]

    @property
    def settled(self) -> list[Words]:
        """Earlier wordings, and what was not taken in."""
        return [each for each in self.wordings if each.settled_at and each.pk != self.standing_id]

    @property
    def heading(self) -> str:
        latest = [*filter(None, [self.standing]), *self.proposals, *self.settled]
        return latest[0].heading if latest else self.key


# As in `programmes.queries.mou.drafting`, quicker than Django puts it together.
_CLAUSE = """
    SELECT clause.id, clause.key,
        ARRAY(
            SELECT organisation.name FROM programmes_clause_concerns concern
            JOIN programmes_party party ON party.id = concern.party_id
            JOIN places_organisation organisation ON organisation.id = party.organisation_id
            WHERE concern.clause_id = clause.id ORDER BY organisation.name
        ),
        version.number, version.state = 'draft' AND mou.ended_at IS NULL,
        (SELECT COUNT(*) FROM programmes_versionclause WHERE version_id = version.id),
        place.number, place.wording_id,
        wording.id, wording.number, wording.heading, wording.text, wording.leaves_out,
        wording.reason, wording.state, wording.based_on_id, organisation.name,
        wording.proposed_by_id, wording.proposed_by_name, wording.proposed_at,
        wording.settled_at, wording.settled_because
    FROM programmes_clause clause
    JOIN programmes_mou mou ON mou.id = clause.mou_id
    JOIN programmes_mouversion version ON version.mou_id = clause.mou_id
        AND version.number = (
            SELECT MAX(number) FROM programmes_mouversion WHERE mou_id = clause.mou_id
        )
    LEFT JOIN programmes_versionclause place
        ON place.version_id = version.id AND place.clause_id = clause.id
    JOIN programmes_wording wording ON wording.clause_id = clause.id
    LEFT JOIN programmes_party party ON party.id = wording.party_id
    LEFT JOIN places_organisation organisation ON organisation.id = party.organisation_id
    WHERE clause.mou_id = %s AND clause.key = %s
    ORDER BY wording.number DESC
"""


def clause_now(mou: MOU, key: str) -> ClauseNow | None:
    """Nothing where the MOU has no clause of this key."""
    rows = fetched(_CLAUSE, mou.pk, key)
    return ClauseNow(*[*rows[0][:8], [Words(*row[8:]) for row in rows]]) if rows else None


@dataclass(frozen=True)
class Shown:
    """One wording beside the clause as it stands."""

    clause: ClauseNow
    wording: Words

    @property
    def number(self) -> int | None:
        """The clause's, in the draft."""
        return self.clause.number if self.is_written else None

    @property
    def is_written(self) -> bool:
        return self.clause.is_written

    @property
    def standing(self) -> Words | None:
        """In the draft; or what it was based on, once it is settled."""
        now = self.clause.standing if self.is_written else None
        settled = not self.is_open and (now is None or now.pk != self.wording.pk)
        return self.clause.wording(self.wording.based_on_id) if settled else now

    @property
    def is_open(self) -> bool:
        return self.wording.is_proposed

    @property
    def is_standing(self) -> bool:
        return self.standing is not None and self.standing.pk == self.wording.pk

    @property
    def takes_stances(self) -> bool:
        return self.is_written and (self.is_open or self.is_standing)

    @property
    def columns(self) -> list[str]:
        return ["Stance"]

    @property
    def has_moved_on(self) -> bool:
        """The clause is another now than the one that the proposal was made for."""
        now = self.standing.pk if self.standing else None
        return self.is_open and self.wording.based_on_id != now

    @property
    def runs(self) -> list[Run]:
        return changed(self.standing, self.wording)


def shown(mou: MOU, key: str, number: int) -> Shown | None:
    clause = clause_now(mou, key)
    wordings = clause.wordings if clause else []
    for wording in wordings:
        if clause and wording.number == number:
            return Shown(clause, wording)
    return None


def changed(old: Wording | Words | None, new: Wording | Words | None) -> list[Run]:
    """The difference of two wordings, headings too."""
    return differences(_whole(old), _whole(new))


def _whole(wording: Wording | Words | None) -> str:
    if wording is None or wording.leaves_out:
        return ""
    return f"{wording.heading}\n\n{wording.text}"


@dataclass(frozen=True)
class Remarked:
    made_by_name: str
    party: str | None
    made_at: datetime
    text: str


@dataclass(frozen=True)
class ClausePage:
    """A clause with how the parties stand to it, and what was said of it."""

    clause: ClauseNow
    columns: list[str]  # of the table of stances
    parties: list[PartyRow]
    remarks: list[Remarked]


_REMARKS = """
    SELECT remark.made_by_name, organisation.name, remark.made_at, remark.text
    FROM programmes_remark remark
    LEFT JOIN programmes_party party ON party.id = remark.party_id
    LEFT JOIN places_organisation organisation ON organisation.id = party.organisation_id
    WHERE remark.clause_id = %s
    ORDER BY remark.id
"""


def clause_page(mou: MOU, key: str) -> ClausePage | None:
    now = clause_now(mou, key)
    if now is None:
        return None
    columns = {f"Proposal {each.number}": each.pk for each in now.proposals}
    if now.standing:
        columns = {"As it stands": now.standing.pk} | columns
    return ClausePage(
        clause=now,
        columns=list(columns),
        parties=party_rows(mou, list(columns.values())),
        remarks=[Remarked(*row) for row in fetched(_REMARKS, now.pk)],
    )


@dataclass(frozen=True)
class Unsaid:
    """A wording to which a party has not said yet how it stands."""

    wording: Words
    number: int | None  # of the clause in the draft
    runs: list[Run]  # what a proposal changes


# Proposals first, then the clauses as they stand.
_UNSAID = """
    SELECT wording.id, wording.number, wording.heading, wording.text, wording.leaves_out,
        wording.reason, wording.state, wording.based_on_id, organisation.name,
        wording.proposed_by_id, wording.proposed_by_name, wording.proposed_at,
        wording.settled_at, wording.settled_because,
        place.number, before.heading, before.text
    FROM programmes_mouversion draft
    JOIN programmes_clause clause ON clause.mou_id = draft.mou_id
    JOIN programmes_wording wording ON wording.clause_id = clause.id
    LEFT JOIN programmes_versionclause place
        ON place.version_id = draft.id AND place.clause_id = clause.id
    LEFT JOIN programmes_wording before ON before.id = place.wording_id
    LEFT JOIN programmes_party party ON party.id = wording.party_id
    LEFT JOIN places_organisation organisation ON organisation.id = party.organisation_id
    WHERE draft.mou_id = ANY(%(mous)s) AND draft.state = 'draft'
        AND (wording.state = 'proposed' OR wording.id = place.wording_id)
        AND NOT EXISTS (
            SELECT FROM said WHERE said.wording_id = wording.id AND said.party_id = %(party)s
        )
    ORDER BY wording.state <> 'proposed', place.number NULLS LAST, clause.id, wording.number
"""


def unsaid_by(party: Party) -> list[Unsaid]:
    """What is proposed, then the clauses of the draft, where the party has neither said how it stands
    nor signed them before.
    """
    return [
        _unsaid(Words(*words), number, f"{heading}\n\n{text}" if number else "")
        for *words, number, heading, text in fetched(
            WITH_SAID + _UNSAID, mous=[party.mou_id], party=party.pk
        )
    ]


def _unsaid(wording: Words, number: int | None, before: str) -> Unsaid:
    runs = differences(before, _whole(wording)) if wording.is_proposed else []
    return Unsaid(wording, number, runs)
