import json

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from accounts.models import AuditEvent, Person
from programmes.events import PanelEvent
from programmes.models import Application, Call, PanelMember, Programme
from programmes.queries.recusals import kept_away_from

# Registers that all programmes share; what happens to people themselves is for operators alone.
REGISTERS = Q(scope_kind="") & (
    Q(subject_kind__startswith="places.")
    | Q(subject_kind__in=["programmes.lens", "programmes.lensversion"])
)


def events_of(programme: Programme, person: Person) -> QuerySet[AuditEvent]:
    """What happened in one programme, as far as this person may know of it."""
    rows = AuditEvent.objects.filter(
        scope_kind=Programme._meta.label_lower, scope_id=str(programme.pk)
    )
    return _without_recused(rows, person)


def events_for(person: Person) -> QuerySet[AuditEvent]:
    """Everything, for operators; for staff, what happened to the shared registers and lenses."""
    if person.is_operator:
        return _without_recused(AuditEvent.objects.all(), person)
    return AuditEvent.objects.filter(REGISTERS | Q(scope_kind="programmes.lens"))


def _without_recused(rows: QuerySet[AuditEvent], person: Person) -> QuerySet[AuditEvent]:
    """Without what tells of an application that this person is recused from, whoever it happened to.

    Such an application is the subject, or stands by its name in the subject's or in what changed: "Ann
    Smith became an applicant of A7 Wakefield".
    """
    kept_away = list(kept_away_from(person).only("number", "place_name", "call"))
    for application in kept_away:
        rows = rows.alias(told=Cast("changes", TextField())).exclude(_tells_of(application))
    calls = {row.call_id for row in kept_away}
    return rows.exclude(_decides_in(calls) | _counts_in(calls)) if kept_away else rows


def _decides_in(calls: set[int]) -> Q:
    """What was decided in these calls, of any application: the others tell of the one that is left."""
    pks = Application.objects.filter(call__in=calls).values_list("pk", flat=True)
    return Q(kind__startswith="decision.") & (
        Q(subject_kind=Application._meta.label_lower, subject_id__in=list(map(str, pks)))
        | Q(subject_kind=Call._meta.label_lower, subject_id__in=list(map(str, calls)))
    )


def _counts_in(calls: set[int]) -> Q:
    """In how many applications of these calls a member has declared a conflict: it is of all of them."""
    members = PanelMember.objects.filter(call__in=calls).values_list("pk", flat=True)
    return Q(
        kind=PanelEvent.DECLARED,
        subject_kind=PanelMember._meta.label_lower,
        subject_id__in=list(map(str, members)),
    )


def _tells_of(application: Application) -> Q:
    name = str(application)
    in_json = json.dumps(name, ensure_ascii=False)[1:-1]
    return (
        Q(subject_kind=Application._meta.label_lower, subject_id=str(application.pk))
        | Q(subject_name__contains=name)
        | Q(told__contains=in_json)
    )
