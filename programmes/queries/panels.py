"""The panel of a call as its staff and its members see it."""

from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from accounts.models import Membership, Person
from accounts.roles import Role
from programmes.models import (
    Application,
    Call,
    Interest,
    PanelMember,
    ScoreSheet,
    Standing,
)
from programmes.queries.recusals import (
    listed_for,
    readable_by,
    seats_of,
    undeclared,
    without_recused,
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


def members_of(call: Call, reader: Person) -> QuerySet[PanelMember]:
    """Members with `declared`, `to_settle`, `recused`, `assigned` and `submitted` counts, as `reader`
    may see them: of the applications from which they are not recused themselves.
    """
    seen = without_recused(Application.objects.filter(call=call), reader).values("pk")
    own = Q(interests__application__in=seen)
    submitted = (
        ScoreSheet.objects.filter(
            member=OuterRef("pk"), application__in=seen, submitted_at__isnull=False
        )
        .order_by()
        .values("member")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return (
        call.members.select_related("person")
        .annotate(
            declared=Count("interests", filter=own, distinct=True),
            to_settle=Count(
                "interests", filter=own & Q(interests__standing=Standing.TO_SETTLE), distinct=True
            ),
            recused=Count(
                "interests", filter=own & Q(interests__standing=Standing.RECUSED), distinct=True
            ),
            assigned=Count(
                "assignments", filter=Q(assignments__application__in=seen), distinct=True
            ),
            submitted=Subquery(submitted),
        )
        .order_by("removed_at", "-is_chair", "person__name")
    )


def interests_of(call: Call, reader: Person) -> QuerySet[Interest]:
    """Conflicts and hints of a call, those to settle first, as `reader` may see them."""
    seen = without_recused(Application.objects.filter(call=call), reader)
    rows = Interest.objects.filter(
        Q(is_declared=True) | ~Q(hints=[]) | ~Q(standing=Standing.CLEAR),
        member__call=call,
        application__in=seen,
    ).exclude(member__person=reader)
    return rows.select_related("member__person", "application").order_by(
        "-standing", "application__number", "member__person__name"
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
    rows = readable_by(member).only("number", "place_name", "call")
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
        .order_by("application__number")
    )
