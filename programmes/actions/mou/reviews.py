"""Reviews: the partners met over the MOU, and say when they will meet again. An MOU can also end."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.rows import change
from accounts.models import Person
from programmes.actions.mou.drafts import IS_OUT, check_goes_on, is_out, locked_mou
from programmes.actions.mou.mails import write
from programmes.actions.mou.noting import note
from programmes.actions.mou.states import GIVE_REASON
from programmes.events import MOUEvent
from programmes.models import MOU, MOUReview
from programmes.queries.mou.parties import written_to


@transaction.atomic
def plan_review(*, mou: MOU, review_on: date, by: Person) -> MOU:
    """When the partners look at it together next. It is part of what is signed, so not while it is out."""
    current = _to_review(mou, by)
    if is_out(current):
        raise ValidationError(IS_OUT)
    if review_on < timezone.localdate():
        raise ValidationError({"review_on": "Enter a day that is still to come"})
    return change(
        current,
        {"review_on": review_on},
        by=by,
        kind=MOUEvent.CHANGED,
        scope=current.project.programme,
    )


@transaction.atomic
def record_review(
    *, mou: MOU, held_on: date, outcome: str, next_on: date, by: Person, came: str = ""
) -> MOUReview:
    """The meeting: when it was, who came, what was decided, and when the next one is."""
    current = _to_review(mou, by)
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": "Record the review once it was held"})
    if next_on <= held_on:
        raise ValidationError({"next_on": "Put the next review after this one"})
    if not outcome.strip():
        raise ValidationError({"outcome": "Say what came of it, in a few words"})
    if current.reviews.filter(held_on=held_on, outcome=outcome.strip()).exists():
        raise ValidationError("This review is recorded already")
    review = MOUReview.objects.create(
        mou=current,
        due_on=current.review_on,
        held_on=held_on,
        came=came.strip(),
        outcome=outcome.strip(),
        next_on=next_on,
        recorded_by=by,
        recorded_by_name=str(by),
    )
    current.review_on = next_on
    current.save(update_fields=["review_on"])
    note(MOUEvent.REVIEWED, current, by=by)
    return review


@transaction.atomic
def end_mou(*, mou: MOU, reason: str, by: Person) -> MOU:
    """The partners stop working under it, and are told. What was sealed stays, and says so."""
    current = locked_mou(mou)
    if not by.has_perm("programmes.manage_mou", current):
        raise PermissionDenied
    if current.ended_at is not None:
        raise ValidationError("This MOU has ended already.")
    if is_out(current):
        raise ValidationError(IS_OUT)
    if not reason.strip():
        raise ValidationError(GIVE_REASON)
    current.ended_at, current.ended_by = timezone.now(), by
    current.ended_because = reason.strip()
    current.save(update_fields=["ended_at", "ended_by", "ended_because"])
    told = {"reason": ["", reason.strip()]}
    note(MOUEvent.ENDED, current, by=by, changes=told)
    _tell_everybody(current, by)
    return current


def _to_review(mou: MOU, by: Person) -> MOU:
    current = locked_mou(mou)
    if not by.has_perm("programmes.facilitate_mou", current):
        raise PermissionDenied
    check_goes_on(current)
    return current


def _tell_everybody(mou: MOU, by: Person) -> None:
    for email, name in written_to(mou).items():
        write(email, f"It has ended: {mou}", "ended", name=name, mou=mou, by=by)
