"""The panel of a call as its staff and its members see it."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q, QuerySet

from accounts.models import Membership, Person
from accounts.roles import Role
from programmes.models import (
    Application,
    Assignment,
    Call,
    Interest,
    PanelMember,
    ScoreSheet,
    Standing,
)
from programmes.queries.recusals import (
    kept_away_from,
    listed_for,
    readable_by,
    seats_of,
    undeclared,
)


def candidates(call: Call) -> QuerySet[Person]:
    """Who holds the role of panel member in the programme, and does not sit on the panel now."""
    holders = Membership.objects.filter(
        role=Role.PANEL_MEMBER,
        scope_type__app_label="programmes",
        scope_type__model="programme",
        scope_id=call.cohort.programme_id,
    )
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
    hidden = set(kept_away_from(reader).filter(call=call).values_list("pk", flat=True))
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
    rows = rows.exclude(application__in=kept_away_from(reader)).exclude(member__person=reader)
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
    """What one member has to do on one panel now."""

    member: PanelMember
    to_declare: int
    to_score: int


def seats_to_fill(person: Person) -> list[Seat]:
    """The panels on which somebody has something to do: three queries for each panel they sit on."""
    found = []
    for member in seats_of(person).select_related("call__cohort__programme"):
        switches = member.call.phases.get(phase=member.call.phase)
        to_declare = undeclared(member).count() if switches.members_declare else 0
        to_score = 0
        if switches.members_score and not to_declare:
            to_score = sum(not each.is_submitted for each in to_read(member))
        if to_declare or to_score:
            found.append(Seat(member, to_declare, to_score))
    return found


def recused_from(member: PanelMember) -> QuerySet[Interest]:
    """What the member is kept away from, by the place's name and why: they declared it themselves."""
    rows = Interest.objects.filter(member=member, application__in=listed_for(member))
    return (
        rows.exclude(standing=Standing.CLEAR)
        .select_related("application")
        .only("standing", "application__number", "application__place_name")
        .order_by("application__number")
    )
