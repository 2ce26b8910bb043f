"""The MOU as it is being written: its clauses, what is proposed, and how the parties stand to both.

All of it in a few queries, whatever the MOU holds.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from django.db.models import Count, F, OuterRef, Q, Subquery

from accounts.models import Person
from accounts.roles import Role
from programmes.models import (
    MOU,
    MOUVersion,
    Party,
    Stance,
    StanceKind,
    VersionClause,
    VersionState,
    Wording,
    WordingState,
)
from programmes.mou_states import UNFINISHED

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
    joined_on: date


@dataclass(frozen=True)
class Said:
    """How one party stands to one wording."""

    stance: StanceKind
    words: str
    by_name: str
    at: datetime

    @property
    def label(self) -> str:
        return self.stance.label


Stances = dict[int, dict[int, Said]]  # by wording, then by party


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
    clause_number: int | None

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


def versions_of(mou: MOU) -> list[MOUVersion]:
    """Latest first."""
    return list(mou.versions.only("number", "state", "created_at", "mou").order_by("-number"))


def members_of(mou: MOU) -> list[Member]:
    """The parties of today, by name."""
    rows = mou.parties.filter(left_on=None).order_by("organisation__name", "pk")
    return [
        Member(*row) for row in rows.values_list("pk", "organisation__name", "part", "joined_on")
    ]


def spoken_for(person: Person, mou: MOU) -> list[Party]:
    """The parties that the person speaks for, as "programmes.speak_for_party" has it."""
    if mou.project.place_id not in person.scope_ids("places.place", Role.PARTNER):
        return []
    seats = Party.objects.filter(
        mou=mou,
        left_on=None,
        representatives__person=person,
        representatives__ended_at=None,
    )
    return list(seats.select_related("organisation").order_by("organisation__name", "pk"))


def proposals_of(mou: MOU, draft: MOUVersion | None) -> list[Proposal]:
    """Those that wait to be settled, in the order of their clauses; new clauses last."""
    if draft is None:
        return []
    here = VersionClause.objects.filter(version=draft, clause=OuterRef("clause"))
    rows = Wording.objects.filter(clause__mou=mou, state=WordingState.PROPOSED)
    found = rows.annotate(clause_number=Subquery(here.values("number"))).values_list(
        "pk",
        "clause",
        "clause__key",
        "number",
        "heading",
        "leaves_out",
        "party__organisation__name",
        "proposed_by_name",
        "proposed_at",
        "clause_number",
    )
    return [
        Proposal(
            pk, clause, key, number, heading, leaves_out, place is None, party or "", by, at, place
        )
        for pk, clause, key, number, heading, leaves_out, party, by, at, place in found.order_by(
            F("clause_number").asc(nulls_last=True), "clause", "number"
        )
    ]


def lines_of(version: MOUVersion, proposals: Iterable[Proposal] = ()) -> list[Line]:
    """The clauses of a version in their order."""
    rows = version.clauses.annotate(remarks=Count("clause__remarks")).order_by("number")
    lines = {
        row[0]: Line(*row)
        for row in rows.values_list(
            "clause",
            "clause__key",
            "number",
            "wording",
            "wording__heading",
            "wording__text",
            "remarks",
        )
    }
    for proposal in proposals:
        if proposal.clause_id in lines:
            lines[proposal.clause_id].proposals.append(proposal)
    return list(lines.values())


def stances_on(wordings: Collection[int]) -> Stances:
    """Of the parties of today."""
    found: Stances = {}
    rows = Stance.objects.filter(wording__in=wordings, party__left_on=None)
    for wording, party, stance, words, by, at in rows.values_list(
        "wording", "party", "stance", "words", "taken_by_name", "taken_at"
    ):
        found.setdefault(wording, {})[party] = Said(StanceKind(stance), words, by, at)
    return found


def stances_of(lines: Iterable[Line], proposals: Iterable[Proposal]) -> Stances:
    """On the clauses as they stand, and on what is proposed."""
    standing = [line.wording_id for line in lines]
    return stances_on(standing + [proposal.wording_id for proposal in proposals])


def counted(said: dict[int, Said], parties: int) -> str:
    """ "2 can live with it, 1 wants a change, 3 have not said": in words, for a line under a clause."""
    counts = Counter(each.stance for each in said.values())
    spoken = [
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


def how_many_unsaid(mou: MOU, parties: Collection[Party], *, but: Wording) -> int:
    """So many other proposals wait for one of these parties to say how it stands."""
    rows = Wording.objects.filter(clause__mou=mou, state=WordingState.PROPOSED).exclude(pk=but.pk)
    said = Count("stances", filter=Q(stances__party__in=parties))
    return rows.alias(said=said).filter(said__lt=len(parties)).count()


def draft_of(mou: MOU) -> MOUVersion | None:
    """The one version that can still be written."""
    return mou.versions.filter(state=VersionState.DRAFT).first()


def draft_among(versions: Iterable[MOUVersion]) -> MOUVersion | None:
    return next((each for each in versions if each.state == VersionState.DRAFT), None)


def in_force_among(versions: Iterable[MOUVersion]) -> MOUVersion | None:
    return next((each for each in versions if each.state == VersionState.SEALED), None)


def is_nothing_open(versions: Iterable[MOUVersion]) -> bool:
    """Whether no version is being written or signed, so that another may begin."""
    return not any(each.state in UNFINISHED for each in versions)
