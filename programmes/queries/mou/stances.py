"""How the parties stand to wordings: in each clause, in a table of all, and who has not said."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from programmes.models import MOU, Party, StanceKind
from programmes.queries.mou.drafting import Line, Proposal, fetched, versions_of, written

# As the sentence goes on: "2 can live with it, 1 wants a change".
SAID_OF_ONE = {
    StanceKind.CAN_LIVE_WITH_IT: "can live with it",
    StanceKind.WANTS_A_CHANGE: "wants a change",
    StanceKind.CANNOT: "cannot",
}
SAID_OF_MANY = SAID_OF_ONE | {StanceKind.WANTS_A_CHANGE: "want a change"}


@dataclass(frozen=True)
class Member:
    """A party as tables and lists name it."""

    pk: int
    name: str
    part: str


@dataclass(frozen=True)
class Said:
    """How one party stands to one wording: what it said last, or that it signed it since."""

    stance: StanceKind | None
    words: str
    by_name: str
    at: datetime
    version: int | None  # that was signed with this wording in it, where there is no stance

    @property
    def label(self) -> str:
        return self.stance.label if self.stance else f"Signed in version {self.version}"


Stances = dict[int, dict[int, Said]]  # by wording, then by party


# What a party has said of a wording: the stances that it took, and what somebody put their name to for it.
WITH_SAID = """
    WITH said AS (
        SELECT stance.party_id, stance.wording_id, stance.stance, stance.words,
            stance.taken_by_name AS by_name, stance.taken_at AS at, NULL::integer AS version
        FROM programmes_stance stance
        JOIN programmes_party party ON party.id = stance.party_id
        WHERE party.mou_id = ANY(%(mous)s)
        UNION ALL
        SELECT signatory.party_id, place.wording_id, NULL, '',
            signature.typed_name, signature.signed_at, version.number
        FROM programmes_mouversion version
        JOIN programmes_versionclause place ON place.version_id = version.id
        JOIN programmes_signing signing ON signing.version_id = version.id
        JOIN programmes_signatory signatory ON signatory.signing_id = signing.id
        JOIN programmes_signature signature ON signature.signatory_id = signatory.id
        WHERE version.state IN ('sealed', 'superseded') AND version.mou_id = ANY(%(mous)s)
    )
"""
_STANDING = """
    SELECT party.id, organisation.name, party.part,
        said.wording_id, said.stance, said.words, said.by_name, said.at, said.version
    FROM programmes_party party
    JOIN places_organisation organisation ON organisation.id = party.organisation_id
    LEFT JOIN said ON said.party_id = party.id AND said.wording_id = ANY(%(wordings)s)
    WHERE party.mou_id = ANY(%(mous)s) AND party.left_on IS NULL
    ORDER BY organisation.name, party.id, said.at
"""


def standing(mou: MOU, wordings: Collection[int]) -> tuple[list[Member], Stances]:
    """The parties of today, by name, and how they stand to these wordings."""
    members: dict[int, Member] = {}
    stances: Stances = {}
    rows = fetched(WITH_SAID + _STANDING, wordings=list(wordings), mous=[mou.pk])
    for party, name, part, wording, stance, *said in rows:
        members.setdefault(party, Member(party, name, part))
        if wording:  # the latest of what was said comes last
            kind = StanceKind(stance) if stance else None
            stances.setdefault(wording, {})[party] = Said(kind, *said)
    return list(members.values()), stances


def counted(said: dict[int, Said], parties: int) -> str:
    """ "2 can live with it, 1 wants a change, 3 have not said": in words, for a line under a clause."""
    counts = Counter(each.stance for each in said.values())
    spoken = [f"{counts[None]} signed it"] if counts[None] else []
    spoken += [
        f"{counts[kind]} {(SAID_OF_ONE if counts[kind] == 1 else SAID_OF_MANY)[kind]}"
        for kind in StanceKind
        if counts[kind]
    ]
    silent = parties - sum(counts.values())
    if silent > 0:
        spoken.append(f"{silent} {'has' if silent == 1 else 'have'} not said")
    return ", ".join(spoken)


OfAWording = TypeVar("OfAWording", Proposal, Line)


def unsaid(
    rows: Iterable[OfAWording], parties: Collection[Party], stances: Stances
) -> list[OfAWording]:
    """Those to which one of these parties has not said yet how it stands."""
    return [
        row
        for row in rows
        if any(party.pk not in stances.get(row.wording_id, {}) for party in parties)
    ]


@dataclass(frozen=True)
class PartyRow:
    """How one party stands to each of some wordings; nothing where it has not said."""

    member: Member
    said: list[Said | None]


def party_rows(mou: MOU, wordings: list[int]) -> list[PartyRow]:
    members, stances = standing(mou, wordings)
    return [
        PartyRow(member, [stances.get(pk, {}).get(member.pk) for pk in wordings])
        for member in members
    ]


@dataclass(frozen=True)
class SaidBefore:
    """What those who speak for one of some parties have said already."""

    before: tuple[str, str] | None  # to the wording, with the words; of one party alone
    others: int  # so many other proposals wait for one of the parties


_SAID = """
    SELECT wording.id, said.stance, said.words
    FROM programmes_wording wording
    JOIN programmes_clause clause ON clause.id = wording.clause_id
    LEFT JOIN programmes_stance said ON said.wording_id = wording.id AND said.party_id = ANY(%s)
    WHERE clause.mou_id = %s AND (wording.state = 'proposed' OR wording.id = %s)
"""


def said_by(own: list[Party], mou: MOU, wording: int) -> SaidBefore:
    said: dict[int, list[tuple[str, str]]] = {}
    for pk, stance, words in fetched(_SAID, [party.pk for party in own], mou.pk, wording):
        said.setdefault(pk, []).extend([(stance, words)] if stance else [])
    here = said.pop(wording)
    return SaidBefore(
        before=here[0] if here and len(own) == 1 else None,
        others=sum(len(each) < len(own) for each in said.values()),
    )


@dataclass(frozen=True)
class TableRow:
    """One wording, and how each party stands to it, in the order of the table's columns."""

    label: str
    key: str
    wording_number: int | None  # of a proposal; none for the clause as it stands
    said: list[Said | None]


def stances_table(mou: MOU) -> tuple[list[Member], list[TableRow]]:
    """Every clause of the latest version, each followed by its proposals, and new clauses last."""
    now = written(versions_of(mou)[0])
    members, stances = standing(mou, now.wording_ids)

    def row(label: str, key: str, wording: int, number: int | None = None) -> TableRow:
        said = stances.get(wording, {})
        return TableRow(label, key, number, [said.get(member.pk) for member in members])

    rows = []
    for line in now.lines:
        rows.append(row(f"{line.number}. {line.heading}", line.key, line.wording_id))
        rows += [row(each.title, each.key, each.wording_id, each.number) for each in line.proposals]
    rows += [
        row(each.title, each.key, each.wording_id, each.number)
        for each in now.proposals
        if each.is_new
    ]
    return members, rows
