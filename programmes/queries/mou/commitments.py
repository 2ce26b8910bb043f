"""Commitments as their pages show them: by party, with what became of each, in one query."""

from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from programmes.models import MOU, Clause, Commitment, CommitmentChange, CommitmentState
from programmes.mou_states import OPEN_COMMITMENTS
from programmes.queries.mou.drafting import fetched

TAGS = {
    CommitmentState.GOING: "",
    CommitmentState.DONE: "govuk-tag--green",
    CommitmentState.SLIPPED: "govuk-tag--yellow",
    CommitmentState.DROPPED: "govuk-tag--grey",
}


@dataclass(frozen=True)
class Promise:
    """One commitment as a table shows it."""

    pk: int
    what: str
    due_on: date | None
    seen_by: str
    state: str
    made_at: datetime
    made_by_name: str
    updated_at: datetime | None
    updated_by_name: str
    reason: str

    @property
    def label(self) -> str:
        return CommitmentState(self.state).label

    @property
    def tag(self) -> str:
        return tag_of(self.state)

    @property
    def is_overdue(self) -> bool:
        return is_overdue(self.state, self.due_on)


@dataclass(frozen=True)
class OfParty:
    """What one organisation has said it will do: what is still to be done first, by day."""

    pk: int
    name: str
    has_left: bool
    promises: list[Promise] = field(default_factory=list)


def tag_of(state: str) -> str:
    return TAGS[CommitmentState(state)]


def is_overdue(state: str, due_on: date | None) -> bool:
    return state in OPEN_COMMITMENTS and due_on is not None and due_on < timezone.localdate()


def by_party(mou: MOU) -> list[OfParty]:
    """All parties of today by name, with or without commitments; then those that left with some."""
    found: dict[int, OfParty] = {}
    for party, name, has_left, *promise in fetched(_BY_PARTY, mou.pk, list(OPEN_COMMITMENTS)):
        row = found.setdefault(party, OfParty(party, name, has_left))
        if promise[0] is not None:
            row.promises.append(Promise(*promise))
    return [each for each in found.values() if each.promises or not each.has_left]


# Django takes longer to put this together than PostgreSQL to answer it.
_BY_PARTY = """
    SELECT party.id, organisation.name, party.left_on IS NOT NULL,
        commitment.id, commitment.what, commitment.due_on, commitment.seen_by, commitment.state,
        commitment.made_at, commitment.made_by_name,
        last.changed_at, last.changed_by_name, last.reason
    FROM programmes_party party
    JOIN places_organisation organisation ON organisation.id = party.organisation_id
    LEFT JOIN programmes_commitment commitment ON commitment.party_id = party.id
    LEFT JOIN LATERAL (
        SELECT changed_at, changed_by_name, reason FROM programmes_commitmentchange change
        WHERE change.commitment_id = commitment.id ORDER BY change.id DESC LIMIT 1
    ) last ON TRUE
    WHERE party.mou_id = %s
    ORDER BY party.left_on IS NOT NULL, organisation.name, party.id,
        commitment.state = ANY(%s) DESC, commitment.due_on, commitment.id
"""


def history_of(commitment: Commitment) -> QuerySet[CommitmentChange]:
    """The latest first."""
    return commitment.changes.order_by("-pk").defer("changed_by")


def clauses_to_name(mou: MOU) -> QuerySet[Clause]:
    """The clauses of the latest version, each with its number and heading there, in their order."""
    latest = mou.versions.order_by("-number").values("pk")[:1]
    rows = Clause.objects.filter(in_versions__version=latest)
    return rows.annotate(
        number=F("in_versions__number"), heading=F("in_versions__wording__heading")
    ).order_by("number")
