"""Reviews: the partners met over the MOU, and say when they will meet again. An MOU can also end."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from programmes.actions.mou.drafts import OUT, is_out, locked_mou
from programmes.actions.mou.noting import note
from programmes.actions.mou.states import GIVE_REASON
from programmes.events import MOUEvent
from programmes.models import MOU, MOUReview


@transaction.atomic
def record_review(*, mou: MOU, held_on: date, outcome: str, next_on: date, by: Person) -> MOUReview:
    current = locked_mou(mou)
    if not by.has_perm("programmes.facilitate_mou", current):
        raise PermissionDenied
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": "Record the review once it was held"})
    if next_on <= held_on:
        raise ValidationError({"next_on": "Put the next review after this one"})
    if not outcome.strip():
        raise ValidationError({"outcome": "Say what came of it, in a few words"})
    review = MOUReview.objects.create(
        mou=current,
        due_on=current.review_on,
        held_on=held_on,
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
    """The partners stop working under it. What was sealed stays, and says so."""
    current = locked_mou(mou)
    if not by.has_perm("programmes.manage_mou", current):
        raise PermissionDenied
    if current.ended_at is not None:
        raise ValidationError("This MOU has ended already.")
    if is_out(current):
        raise ValidationError(OUT)
    if not reason.strip():
        raise ValidationError(GIVE_REASON)
    current.ended_at, current.ended_by = timezone.now(), by
    current.ended_because = reason.strip()
    current.save(update_fields=["ended_at", "ended_by", "ended_because"])
    told = {"reason": ["", reason.strip()]}
    note(MOUEvent.ENDED, current, by=by, changes=told)
    return current
