"""The panel of a call as its staff and its members see it."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import product
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import Person
from accounts.queries.memberships import memberships_in
from accounts.roles import Role
from programmes.application_states import READ_BY_THE_PANEL
from programmes.models import (
    Application,
    Assignment,
    Call,
    CallPhase,
    Interest,
    PanelMember,
    Phase,
    Reading,
    ScoreSheet,
    ScoresOfOthers,
    Standing,
)
from programmes.queries.recusals import (
    ids_kept_away_from,
    listed_in,
    readable_by,
    seats_of,
)


def candidates(call: Call) -> QuerySet[Person]:
    """Who holds the role of panel member in the programme, and does not sit on the panel now."""
    holders = memberships_in(Role.PANEL_MEMBER, call.cohort.programme_id)
    seated = PanelMember.objects.filter(call=call, removed_at=None)
    people = Person.objects.filter(pk__in=holders.values("person"), is_active=True)
    return people.exclude(pk__in=seated.values("person")).order_by("name")


@dataclass(frozen=True)
class Seated:
    """A member and how far they are, of the applications that the reader may know of."""

    member: PanelMember
    declared: int
    to_settle: int
    recused: int
    assigned: int
    submitted: int


def members_of(call: Call, reader: Person) -> list[Seated]:
    """The panel, the chair first, then those who have left: five queries.

    What concerns applications from which `reader` is recused is not counted.
    """
    hidden = set(ids_kept_away_from(reader).filter(application__call=call))
    standings = _counts(Interest.objects.all(), call, hidden, "standing")
    assigned = _counts(Assignment.objects.all(), call, hidden)
    submitted = _counts(ScoreSheet.objects.exclude(submitted_at=None), call, hidden)
    rows = call.members.select_related("person").order_by("removed_at", "-is_chair", "person__name")
    return [
        Seated(
            member=member,
            declared=sum(standings[member.pk, standing] for standing in Standing),
            to_settle=standings[member.pk, Standing.TO_SETTLE],
            recused=standings[member.pk, Standing.RECUSED],
            assigned=assigned[(member.pk,)],
            submitted=submitted[(member.pk,)],
        )
        for member in rows.only(*_SEATED)
    ]


_SEATED = ("organisation", "is_chair", "removed_at", "removed_because", "person__name", "call")


def _counts(
    rows: QuerySet[Any], call: Call, hidden: Collection[int], *kind: str
) -> Counter[tuple[Any, ...]]:
    """How many rows each member has: {(member,) or (member, kind): count}."""
    counted = rows.filter(member__call=call).exclude(application__in=hidden).order_by()
    found = counted.values_list("member", *kind).annotate(Count("pk"))
    return Counter({tuple(key): count for *key, count in found})


def interests_of(call: Call, reader: Person) -> QuerySet[Interest]:
    """Conflicts and hints of a call, those to settle first, as `reader` may see them."""
    rows = Interest.objects.filter(
        Q(is_declared=True) | ~Q(hints=[]) | ~Q(standing=Standing.CLEAR), member__call=call
    )
    rows = rows.exclude(application__in=ids_kept_away_from(reader)).exclude(member__person=reader)
    return (
        rows.select_related("member__person", "application")
        .only(*_INTEREST)
        .order_by("-standing", "application__number", "member__person__name")
    )


_INTEREST = (
    "is_declared",
    "declared",
    "declared_at",
    "hints",
    "standing",
    "settled_because",
    "settled_at",
    "settled_by_name",
    "member__person__name",
    "application__number",
    "application__place_name",
)


@dataclass(frozen=True)
class ToRead:
    """An application that a member reads, and how far they are with it."""

    application: Application
    sheet: ScoreSheet | None

    @property
    def is_submitted(self) -> bool:
        return self.sheet is not None and self.sheet.submitted_at is not None


def to_read(member: PanelMember) -> list[ToRead]:
    """What a member reads, in order of number, each with their own sheet."""
    rows = readable_by(member).only("number", "place_name", "call", "state")
    sheets = {sheet.application_id: sheet for sheet in member.sheets.all()}
    return [ToRead(row, sheets.get(row.pk)) for row in rows]


@dataclass(frozen=True)
class Seat:
    """A panel that somebody sits on, and what they have to do there now."""

    member: PanelMember
    switches: CallPhase
    to_declare: int
    to_settle: int
    to_score: int
    scored: int

    @property
    def declares(self) -> bool:
        return self.switches.members_declare and self.to_declare > 0

    @property
    def reads(self) -> bool:
        """Whether anything is open to them. Nothing is, until they have declared on everything."""
        return self.switches.members_read and not self.to_declare

    @property
    def scores(self) -> bool:
        return self.reads and self.switches.members_score and self.to_score > 0

    @property
    def board_is_open(self) -> bool:
        """As `programmes.queries.board.waiting_for` answers for a member."""
        if not self.switches.board_is_open:
            return False
        if not self.switches.members_score:
            return True
        shown = self.switches.scores_of_others
        return shown == ScoresOfOthers.ALWAYS or (
            shown == ScoresOfOthers.AFTER_OWN and not self.scores
        )

    @property
    def has_nothing_to_do(self) -> bool:
        return not (self.declares or self.scores or self.board_is_open)


def seats_now(person: Person) -> list[Seat]:
    """The panels somebody sits on whose decisions are not released yet: three queries for them all."""
    rows = seats_of(person).exclude(call__phase=Phase.RELEASED)
    members = list(rows.select_related("call__cohort__programme").only(*_SEAT).order_by("pk"))
    calls = [member.call_id for member in members]
    phases = CallPhase.objects.filter(call__in=calls, phase=F("call__phase"))
    switches = {row.call_id: row for row in phases}
    counts: Counter[tuple[int, str | None, bool, bool]] = Counter()
    for call, *kind, count in _progress(members):
        counts[call, *kind] = count
    return [_seat(member, switches[member.call_id], counts) for member in members]


_SEAT = (
    "person",
    "call__title",
    "call__phase",
    "call__reading",
    "call__closes_at",
    "call__time_zone",
    "call__cohort__number",
    "call__cohort__programme__name",
    "call__cohort__programme__slug",
)


def _progress(seats: Collection[PanelMember]) -> QuerySet[Any, tuple[Any, ...]]:
    """(call, own standing or None, whether it is assigned, whether they have scored it, how many)."""
    own = {"application": OuterRef("pk"), "member__in": [seat.pk for seat in seats]}
    submitted = ScoreSheet.objects.filter(**own, submitted_at__isnull=False)
    rows = listed_in([seat.call_id for seat in seats]).annotate(
        standing=Subquery(Interest.objects.filter(**own).values("standing")[:1]),
        is_assigned=Exists(Assignment.objects.filter(**own)),
        is_scored=Exists(submitted),
    )
    kinds = rows.order_by().values_list("call", "standing", "is_assigned", "is_scored")
    return kinds.annotate(Count("pk"))


def _seat(
    member: PanelMember,
    switches: CallPhase,
    counts: Counter[tuple[int, str | None, bool, bool]],
) -> Seat:
    call = member.call_id

    theirs = BOTH if member.call.reading == Reading.ALL else (True,)

    def total(standing: str | None, assigned: Iterable[bool], scored: Iterable[bool]) -> int:
        return sum(counts[call, standing, *kind] for kind in product(assigned, scored))

    return Seat(
        member=member,
        switches=switches,
        to_declare=total(None, BOTH, BOTH),
        to_settle=total(Standing.TO_SETTLE, BOTH, BOTH),
        to_score=total(Standing.CLEAR, theirs, [False]),
        scored=total(Standing.CLEAR, theirs, [True]),
    )


BOTH = (True, False)


def recused_from(member: PanelMember) -> QuerySet[Interest]:
    """What the member is kept away from, by the place's name and why: they declared it themselves."""
    rows = Interest.objects.filter(member=member, application__state__in=READ_BY_THE_PANEL)
    return (
        rows.filter(standing__in=[Standing.TO_SETTLE, Standing.RECUSED])
        .select_related("application")
        .only("standing", "application__number", "application__place_name")
        .order_by("application__number")
    )
