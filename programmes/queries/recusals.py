"""The recusal rule. Whatever shows, counts, searches, exports or mails applications reads through here.

Somebody who is recused from an application must not see its text, score, rank, comment, or a total
or count from which these could be worked out. So what such a person is shown is a function of the
applications that they may read, and of nothing else: as if the others did not exist.
"""

from collections.abc import Collection

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BooleanField, Exists, Func, OuterRef, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from accounts.models import Person
from programmes.application_states import READ_BY_THE_PANEL
from programmes.models import (
    Application,
    Assignment,
    Call,
    Interest,
    PanelMember,
    Reading,
    Standing,
)

# Declared but not settled counts as recused until staff say otherwise.
_KEPT_AWAY = Interest.objects.exclude(standing=Standing.CLEAR)


def without_recused(rows: QuerySet[Application], person: Person) -> QuerySet[Application]:
    """`rows` without those that this person is kept away from, whatever else they may be.

    Somebody who was removed from the panel stays recused.
    """
    return rows.exclude(pk__in=ids_kept_away_from(person))


def is_kept_away(application: Application, person: Person) -> bool:
    return _KEPT_AWAY.filter(application=application, member__person=person).exists()


def kept_away_from(person: Person) -> QuerySet[Application]:
    """What this person is recused from, or will be unless staff settle it otherwise, in no order."""
    return Application.objects.filter(pk__in=ids_kept_away_from(person)).order_by()


def ids_kept_away_from(person: Person) -> QuerySet[Interest, int]:
    """The same for a condition on rows that name an application."""
    return _KEPT_AWAY.filter(member__person=person).values_list("application", flat=True)


def has_recusals(call: Call, person: Person) -> bool:
    """Whether this person may not see counts and decisions of the whole call before the release."""
    return _KEPT_AWAY.filter(application__call=call, member__person=person).exists()


def listed_for(member: PanelMember) -> QuerySet[Application]:
    """What a member declares on: the places that applied, alone."""
    return _with_the_panel(member.call_id)


def listed_in(calls: Collection[int]) -> QuerySet[Application]:
    """The same for several calls: what all of their members declare on."""
    return Application.objects.filter(call__in=calls, state__in=READ_BY_THE_PANEL)


def _with_the_panel(call_id: int) -> QuerySet[Application]:
    return listed_in([call_id]).order_by("number")


def readable_by(member: PanelMember) -> QuerySet[Application]:
    """What a member may read: all for which they have declared no conflict, or staff settled it so.

    Nothing is open until the member has declared on every application, and nothing for one who was
    removed. Where applications are assigned, only those assigned.
    """
    rows = open_to(member)
    if member.call.reading == Reading.ASSIGNED:
        assigned = Assignment.objects.filter(application=OuterRef("pk"), member=member)
        rows = rows.filter(Exists(assigned))
    return rows


def open_to(member: PanelMember) -> QuerySet[Application]:
    """The same, but for what is assigned: members do not read all of it, and decide about all of it."""
    if member.removed_at is not None:
        return Application.objects.none()
    return listed_for(member).filter(_IsOpen(member))


class _IsOpen(Func):
    """Whether a member has declared on all that is listed for them, and is clear of this application.

    Every page of the panel asks it. In Django's own expressions it takes longer to put together than
    to answer, so it is one in SQL; `undeclared` below is the first half of it.
    """

    output_field = BooleanField()
    sql = """
        NOT EXISTS (
            SELECT FROM programmes_application listed
            WHERE listed.call_id = %s AND listed.state = ANY(%s) AND NOT EXISTS (
                SELECT FROM programmes_interest declared
                WHERE declared.application_id = listed.id AND declared.member_id = %s
            )
        ) AND EXISTS (
            SELECT FROM programmes_interest clear
            WHERE clear.application_id = {} AND clear.member_id = %s AND clear.standing = %s
        )"""

    def __init__(self, member: PanelMember) -> None:
        super().__init__("pk")
        self.member = member

    def as_sql(  # type: ignore[override]
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: object
    ) -> tuple[str, list[object]]:
        application, none = compiler.compile(self.source_expressions[0])
        of, panel = self.member.call_id, list(READ_BY_THE_PANEL)
        parameters = [of, panel, self.member.pk, self.member.pk, Standing.CLEAR.value]
        return self.sql.format(application), [*none, *parameters]


def compared_by(person: Person, call: Call) -> QuerySet[Application]:
    """What somebody sees side by side: staff what they are not kept away from, members what is open."""
    if person.has_perm("programmes.manage_call", call):
        return without_recused(_with_the_panel(call.pk), person)
    member = seats_of(person).filter(call=call).first()
    return open_to(member) if member else Application.objects.none()


def closed_to(person: Person, call: Call) -> set[int]:
    """The ids of all that somebody may not see side by side: whatever they see leaves these out."""
    kept_away = set(kept_away_from(person).filter(call=call).values_list("pk", flat=True))
    shown = set(compared_by(person, call).values_list("pk", flat=True))
    return kept_away | set(_with_the_panel(call.pk).values_list("pk", flat=True)) - shown


def exported_for(person: Person, call: Call, *, has_sat: bool) -> QuerySet[Application]:
    """What an evaluator gets the scores of: all that the panel judged, as far as they may know of it.

    Those that withdrew after the release are among them. Who has ever sat on the panel gets what they
    have declared no conflict in, and nothing else: `has_sat` says whether `person` has.
    """
    judged = Q(state__in=READ_BY_THE_PANEL) | Q(decision__released_at__isnull=False)
    rows = call.applications.filter(judged).order_by("number")
    if not has_sat:
        return rows  # only who sits on the panel is recused from anything
    clear = Interest.objects.filter(
        application=OuterRef("pk"), member__person=person, standing=Standing.CLEAR
    )
    return without_recused(rows, person).filter(Exists(clear))


def undeclared(member: PanelMember) -> QuerySet[Application]:
    """What the member has still to declare on."""
    own = Interest.objects.filter(application=OuterRef("pk"), member=member)
    return listed_for(member).exclude(Exists(own))


def seats_of(person: Person) -> QuerySet[PanelMember]:
    """The panels on which somebody sits now."""
    return PanelMember.objects.filter(Q(person=person) & Q(removed_at=None))
