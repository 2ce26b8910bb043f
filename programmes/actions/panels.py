"""Who sits on the panel of a call, and who reads what."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from accounts.actions.audit import record
from accounts.actions.rows import Refusals, save_or_refuse
from accounts.models import Person
from accounts.roles import Role
from programmes.actions.call_phases import MANAGE, locked_call
from programmes.actions.panel_mail import Address, tell_who_joined
from programmes.assigning import balanced
from programmes.events import PanelEvent
from programmes.models import Assignment, Call, Interest, PanelMember, Reading, Standing
from programmes.queries.recusals import has_recusals, listed_for

REFUSALS: Refusals = {"panel_member_once": {"person": "They sit on this panel already"}}


@transaction.atomic
def add_member(
    *,
    call: Call,
    person: Person,
    organisation: str,
    is_chair: bool,
    by: Person,
    address: Address | None = None,
) -> PanelMember:
    """Somebody who holds the role of panel member in the programme. Who was removed comes back.

    They are told by e-mail, with the `address` of what is open to them; without one they are not.
    """
    current = _managed(call, by)
    if not person.holds(Role.PANEL_MEMBER, current.cohort.programme):
        raise ValidationError({"person": "Invite them as a panel member of the programme first"})
    member = current.members.filter(person=person).exclude(removed_at=None).first()
    member = member or PanelMember(call=current, person=person, added_by=by)
    member.organisation, member.is_chair = organisation.strip(), is_chair
    member.removed_at = member.removed_by = None
    member.removed_because = ""
    save_or_refuse(member, REFUSALS)
    told = {"organisation": ["", member.organisation]} if member.organisation else {}
    _tell(PanelEvent.MEMBER_ADDED, member, current, by, told)
    if address:
        tell_who_joined(member, current, address)
    return member


@transaction.atomic
def remove_member(*, member: PanelMember, reason: str, by: Person) -> PanelMember:
    """They read nothing from now on. What they declared stays, and scores that they submitted too."""
    call = _managed(member.call, by)
    current = PanelMember.objects.select_for_update(of=("self",)).get(pk=member.pk)
    if current.removed_at is not None:
        raise ValidationError("They have been removed already.")
    if not reason.strip():
        raise ValidationError({"reason": "Say why they leave the panel"})
    current.removed_at, current.removed_by = timezone.now(), by
    current.removed_because = reason.strip()
    current.save(update_fields=["removed_at", "removed_by", "removed_because"])
    current.assignments.all().delete()
    _tell(PanelEvent.MEMBER_REMOVED, current, call, by, {"reason": ["", reason.strip()]})
    return current


@transaction.atomic
def let_all_read_all(*, call: Call, by: Person) -> Call:
    """Every member reads every application from which they are not recused."""
    current = _managed(call, by)
    Assignment.objects.filter(member__call=current).delete()
    return _set_reading(current, Reading.ALL, by)


@transaction.atomic
def assign_balanced(*, call: Call, readers: int, by: Person) -> list[Assignment]:
    """Give each application to `readers` members who have no conflict, as evenly as it can be.

    Assignments of applications that somebody has begun to score stay. Raises ValidationError when
    there are not enough members without a conflict.
    """
    current = _managed(call, by)
    members = list(current.members.filter(removed_at=None).order_by("pk"))
    if has_recusals(
        current, by
    ):  # how many readers there are for each would tell of what is closed
        raise ValidationError(
            "You are recused from an application to this call. A colleague must take this step."
        )
    if not 1 <= readers <= len(members):
        raise ValidationError(
            {
                "readers": f"Enter a number from 1 to {len(members)}, which is how many members there are"
            }
        )
    applications = list(listed_for(members[0]).values_list("pk", flat=True))
    kept = set(
        Assignment.objects.filter(
            member__call=current,
            member__sheets__application=F("application"),
        ).values_list("application", "member")
    )
    barred = set(
        Interest.objects.filter(member__in=members)
        .exclude(standing=Standing.CLEAR)
        .values_list("application", "member")
    )
    pairs, short = balanced(
        applications, [member.pk for member in members], readers, barred=barred, kept=kept - barred
    )
    if short:
        raise ValidationError({"readers": _too_few(len(short), readers)})
    Assignment.objects.filter(member__call=current).delete()
    made = Assignment.objects.bulk_create(
        Assignment(application_id=application, member_id=member) for application, member in pairs
    )
    _set_reading(current, Reading.ASSIGNED, by)
    return made


def _too_few(count: int, readers: int) -> str:
    which = "One application has" if count == 1 else f"{count} applications have"
    return f"{which} fewer than {readers} members without a conflict. Enter a smaller number"


def _set_reading(call: Call, reading: Reading, by: Person) -> Call:
    old = Reading(call.reading)
    call.reading = reading
    call.save(update_fields=["reading"])
    record(
        PanelEvent.ASSIGNED,
        by=by,
        subject=call,
        scope=call.cohort.programme,
        changes={"reading": [old.label, reading.label]},
    )
    return call


def _managed(call: Call, by: Person) -> Call:
    current = locked_call(call)
    if not by.has_perm(MANAGE, current):
        raise PermissionDenied
    return current


def _tell(
    event: PanelEvent, member: PanelMember, call: Call, by: Person, told: dict[str, list[str]]
) -> None:
    record(event, by=by, subject=member, scope=call.cohort.programme, changes=told)
