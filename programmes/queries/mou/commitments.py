"""Commitments as their pages show them: by party, with what became of each, in a few queries."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import F, QuerySet
from django.utils import timezone

from programmes.models import MOU, Clause, Commitment, CommitmentChange, CommitmentState
from programmes.mou_states import OPEN_COMMITMENTS


@dataclass(frozen=True)
class Update:
    """What somebody said became of a commitment, or that they changed its words."""

    old: CommitmentState
    new: CommitmentState
    old_due_on: date | None
    new_due_on: date | None
    reason: str
    by_name: str
    at: datetime
    what_before: str
    seen_by_before: str

    @property
    def became(self) -> str:
        """In words: "Slipped", or nothing where the state stayed as it was."""
        return self.new.label if self.new != self.old else ""

    @property
    def moved(self) -> bool:
        return self.new_due_on != self.old_due_on


@dataclass(frozen=True)
class Promise:
    """One commitment as a table shows it."""

    pk: int
    party: int
    what: str
    due_on: date | None
    seen_by: str
    state: CommitmentState
    made_at: datetime
    made_by_name: str
    last: Update | None

    @property
    def label(self) -> str:
        return self.state.label

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_COMMITMENTS

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


def is_overdue(state: str, due_on: date | None) -> bool:
    return state in OPEN_COMMITMENTS and due_on is not None and due_on < timezone.localdate()


def by_party(mou: MOU) -> list[OfParty]:
    """All parties of today by name, with or without commitments; then those that left with some."""
    rows = mou.parties.order_by(F("left_on").asc(nulls_first=True), "organisation__name", "pk")
    found = {
        pk: OfParty(pk, name, left_on is not None)
        for pk, name, left_on in rows.values_list("pk", "organisation__name", "left_on")
    }
    for promise in _promises(mou):
        found[promise.party].promises.append(promise)
    return [each for each in found.values() if each.promises or not each.has_left]


def _promises(mou: MOU) -> list[Promise]:
    last = _last_updates(mou)
    rows = mou.commitments.order_by(F("due_on").asc(nulls_last=True), "pk").values_list(
        "pk", "party", "what", "due_on", "seen_by", "state", "made_at", "made_by_name"
    )
    found = [
        Promise(pk, party, what, due, seen_by, CommitmentState(state), at, by, last.get(pk))
        for pk, party, what, due, seen_by, state, at, by in rows
    ]
    return sorted(found, key=lambda each: not each.is_open)


def _last_updates(mou: MOU) -> dict[int, Update]:
    rows = CommitmentChange.objects.filter(commitment__mou=mou)
    latest = rows.order_by("commitment", "-pk").distinct("commitment")
    return dict(_updates(latest))


def history_of(commitment: Commitment) -> list[Update]:
    """The latest first."""
    return [update for _, update in _updates(commitment.changes.order_by("-pk"))]


def _updates(rows: QuerySet[CommitmentChange]) -> Iterable[tuple[int, Update]]:
    told = rows.values_list(
        "commitment",
        "old",
        "new",
        "old_due_on",
        "new_due_on",
        "reason",
        "changed_by_name",
        "changed_at",
        "what_before",
        "seen_by_before",
    )
    for pk, old, new, was_due, due, reason, by, at, what, seen_by in told:
        states = CommitmentState(old), CommitmentState(new)
        yield pk, Update(*states, was_due, due, reason, by, at, what, seen_by)


def clauses_to_name(mou: MOU) -> QuerySet[Clause]:
    """The clauses of the latest version, each with its number and heading there, in their order."""
    latest = mou.versions.order_by("-number").values("pk")[:1]
    rows = Clause.objects.filter(in_versions__version=latest)
    return rows.annotate(
        number=F("in_versions__number"), heading=F("in_versions__wording__heading")
    ).order_by("number")
