"""What is new in an MOU since its partners were last written to, and for whom of them."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Q

from accounts.models import AuditEvent, Person
from programmes.events import MOUEvent
from programmes.models import MOU, Representative, Wording, WordingState


@dataclass(frozen=True)
class PartyNews:
    """That a party joined or left."""

    name: str
    left: bool
    reason: str


@dataclass(frozen=True)
class News:
    proposed: list[Wording] = field(default_factory=list)  # and not settled yet
    settled: list[Wording] = field(default_factory=list)  # by somebody else than who proposed it
    parties: list[PartyNews] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.proposed or self.settled or self.parties)

    def for_one(self, person: Person, parties: Collection[int]) -> "News":
        """What others propose, what became of their own proposals, and who joined and left."""
        return News(
            [
                each
                for each in self.proposed
                if each.proposed_by_id != person.pk and each.party_id not in parties
            ],
            [each for each in self.settled if each.proposed_by_id == person.pk],
            self.parties,
        )


def news_of(mou: MOU, since: datetime) -> News:
    rows = Wording.objects.filter(clause__mou=mou).select_related("clause", "party__organisation")
    settled = Q(state__in=[WordingState.TAKEN, WordingState.DECLINED], settled_at__gte=since)
    proposed = rows.filter(state=WordingState.PROPOSED, proposed_at__gte=since)
    return News(
        list(proposed.order_by("pk")),
        [
            row
            for row in rows.filter(settled).order_by("pk")
            if row.settled_by_id != row.proposed_by_id
        ],
        _parties(mou, since),
    )


def _parties(mou: MOU, since: datetime) -> list[PartyNews]:
    """From the audit trail, which says when; the rows of parties have days."""
    happened = AuditEvent.objects.filter(
        scope_kind="programmes.programme",
        scope_id=str(mou.project.programme_id),
        at__gte=since,
        kind__in=[MOUEvent.PARTY_JOINED, MOUEvent.PARTY_LEFT],
        subject_id=str(mou.pk),
    )
    found = []
    for kind, changes in happened.order_by("at", "pk").values_list("kind", "changes"):
        _, reason = changes.get("reason", ["", ""])
        found.append(PartyNews("".join(changes["party"]), kind == MOUEvent.PARTY_LEFT, reason))
    return found


def seats_by_person(mou: MOU) -> dict[Person, set[int]]:
    """Who speaks for which parties now."""
    seats = Representative.objects.filter(
        party__mou=mou, party__left_on=None, ended_at=None, person__is_active=True
    )
    found: dict[Person, set[int]] = {}
    for seat in seats.select_related("person").order_by("person__name", "pk"):
        found.setdefault(seat.person, set()).add(seat.party_id)
    return found
