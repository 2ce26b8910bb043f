"""Conflicts of interest: declared by members before any text opens, settled by staff with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import Person
from programmes.actions.call_phases import MANAGE
from programmes.actions.panel_mail import Address, tell_what_was_settled
from programmes.events import PanelEvent
from programmes.models import Application, Interest, PanelMember, Standing
from programmes.queries.hints import hints_for
from programmes.queries.recusals import undeclared
from programmes.queries.switches import switches_of


@dataclass(frozen=True)
class Declared:
    """What a member says about one application. No words: no conflict."""

    is_conflict: bool
    words: str = ""


@transaction.atomic
def declare(*, member: PanelMember, declared: Mapping[int, Declared], by: Person) -> list[Interest]:
    """The member's declarations, by the application's id, on what they have not declared on yet.

    A conflict, or a hint at one, waits for staff. Raises ValidationError with a sentence for each
    application (keys are their ids as text) if one is not answered or a conflict is not described.
    """
    current = _seat(member, by)
    if not switches_of(current.call).members_declare:
        raise ValidationError("Conflicts cannot be declared now.")
    waiting = list(undeclared(current))
    if faults := _faults(waiting, declared):
        raise ValidationError(faults)
    hints = hints_for(current, waiting)
    rows = [
        Interest(
            member=current,
            application=application,
            is_declared=declared[application.pk].is_conflict,
            declared=declared[application.pk].words.strip(),
            hints=hints[application.pk],
            standing=_first_standing(declared[application.pk], hints[application.pk]),
        )
        for application in waiting
    ]
    made = Interest.objects.bulk_create(rows)
    if made:
        count = sum(row.is_declared for row in made)
        told = {"conflicts": ["", str(count)], "applications": ["", str(len(made))]}
        _tell(PanelEvent.DECLARED, current, by, told)
    return made


@transaction.atomic
def declare_later(
    *, member: PanelMember, application: Application, words: str, by: Person
) -> Interest:
    """A conflict that a member sees only when they read: the application closes to them at once."""
    current = _seat(member, by)
    if not words.strip():
        raise ValidationError({"declared": "Say what the conflict is"})
    row = (
        Interest.objects.select_for_update()
        .filter(member=current, application=application)
        .exclude(standing=Standing.RECUSED)
        .first()
    )
    if row is None:
        raise ValidationError("You are recused from this application already.")
    row.is_declared, row.declared = True, words.strip()
    row.declared_at = timezone.now()
    row.standing = Standing.TO_SETTLE
    row.settled_at = row.settled_by = None
    row.settled_because = row.settled_by_name = ""
    row.save()
    _tell(PanelEvent.DECLARED, current, by, {"conflicts": ["", "1"]})
    return row


@transaction.atomic
def settle(
    *,
    interest: Interest,
    standing: Standing,
    reason: str,
    by: Person,
    address: Address | None = None,
) -> Interest:
    """Staff say whether the member is recused. Settled again, the trail tells of both.

    The member is told by e-mail how, if there is an `address` to send them to.
    """
    row = (
        Interest.objects.select_for_update(of=("self",))
        .select_related("member__person", "member__call__cohort__programme", "application")
        .get(pk=interest.pk)
    )
    if not by.has_perm(MANAGE, row.member.call):
        raise PermissionDenied
    if by.pk == row.member.person_id:
        raise ValidationError("Somebody else must settle your own conflicts.")
    if standing == Standing.TO_SETTLE:
        raise ValidationError({"standing": "Select whether they are recused"})
    if not reason.strip():
        raise ValidationError({"reason": "Say why"})
    old = Standing(row.standing)
    row.standing = standing
    row.settled_because = reason.strip()
    row.settled_at, row.settled_by, row.settled_by_name = timezone.now(), by, str(by)
    row.save()
    if standing == Standing.RECUSED:
        row.member.assignments.filter(application=row.application_id).delete()
    _tell(
        PanelEvent.SETTLED,
        row.member,
        by,
        {
            "application": ["", str(row.application)],
            "standing": [old.label, standing.label],
            "reason": ["", row.settled_because],
        },
    )
    if address and old != standing and row.member.removed_at is None:
        tell_what_was_settled(row, row.member.call, address)
    return row


def _first_standing(declared: Declared, hints: list[str]) -> Standing:
    return Standing.TO_SETTLE if declared.is_conflict or hints else Standing.CLEAR


def _faults(waiting: list[Application], declared: Mapping[int, Declared]) -> dict[str, str]:
    faults = {}
    for application in waiting:
        said = declared.get(application.pk)
        if said is None:
            faults[str(application.pk)] = (
                f"Say whether you have a conflict with {application.place_name}"
            )
        elif said.is_conflict and not said.words.strip():
            faults[str(application.pk)] = f"Say what the conflict with {application.place_name} is"
    return faults


def _seat(member: PanelMember, by: Person) -> PanelMember:
    """The member's row, held until the transaction ends, if `by` is the member and still sits."""
    rows = PanelMember.objects.select_for_update(of=("self",))
    current = rows.select_related("call__cohort__programme", "person").get(pk=member.pk)
    if current.person_id != by.pk or current.removed_at is not None:
        raise PermissionDenied
    return current


def _tell(event: PanelEvent, member: PanelMember, by: Person, told: dict[str, list[str]]) -> None:
    record(event, by=by, subject=member, scope=member.call.cohort.programme, changes=told)
