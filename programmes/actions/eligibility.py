"""What staff do with an application until the panel has it, each with a reason that stays on record."""

from datetime import datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from accounts.models import Person
from places.actions.places import create_place
from places.models import Place
from programmes.actions.application_states import change_state, locked
from programmes.actions.writers import tell_writers
from programmes.application_states import Actor
from programmes.checks import CHECKED_IN
from programmes.events import ApplicationEvent
from programmes.models import Application, ApplicationState, Correction, Extension
from programmes.times import said


def before_the_panel(application: Application, by: Person) -> Application:
    """The row as it is now, held until the transaction ends, if staff may still check it."""
    current = locked(application)
    if not by.has_perm(Actor.STAFF, current):
        raise PermissionDenied
    if current.call.phase not in CHECKED_IN:
        raise ValidationError(
            "The panel has the applications. Take the call back to the phase “Eligibility” first."
        )
    return current


@transaction.atomic
def decide_eligibility(
    *, application: Application, is_eligible: bool, reason: str, by: Person
) -> Application:
    """The decision is a person's; a place that is not eligible is told why."""
    current = before_the_panel(application, by)
    to = ApplicationState.ELIGIBLE if is_eligible else ApplicationState.NOT_ELIGIBLE
    decided = change_state(application=current, to=to, by=by, reason=reason)
    if not is_eligible:
        _tell(
            decided,
            "not eligible",
            "is not eligible, so the panel does not read it. The reason:\n\n"
            f"{reason.strip()}\n\nIf you think that this is wrong, write to the staff of"
            f" {decided.call.cohort.programme}.",
        )
    return decided


@transaction.atomic
def check_again(*, application: Application, reason: str, by: Person) -> Application:
    """Take a decision on eligibility back."""
    current = before_the_panel(application, by)
    was_refused = current.state == ApplicationState.NOT_ELIGIBLE
    checked = change_state(application=current, to=ApplicationState.SUBMITTED, by=by, reason=reason)
    if was_refused:
        _tell(
            checked, "checked again", "is checked again, so the answer that you got is taken back."
        )
    return checked


@transaction.atomic
def ask_for_correction(
    *, application: Application, asked: str, due_at: datetime, by: Person
) -> Correction:
    """Open it to its writers again, until a date, and tell them what to put right."""
    current = before_the_panel(application, by)
    faults = {}
    if not asked.strip():
        faults["asked"] = "Say what must be put right"
    if due_at <= timezone.now():
        faults["due_at"] = "Enter a time in the future"
    if faults:
        raise ValidationError(faults)
    change_state(application=current, to=ApplicationState.CORRECTION, by=by, reason=asked)
    correction = Correction.objects.create(
        application=current,
        asked=asked.strip(),
        due_at=due_at,
        asked_by=by,
        asked_by_name=str(by),
    )
    record(
        ApplicationEvent.CORRECTION_ASKED,
        by=by,
        subject=current,
        scope=current.call.cohort.programme,
        changes={"asked": ["", correction.asked], "until": ["", said(due_at, current.call)]},
    )
    _tell(
        current,
        "please correct it",
        f"needs a correction by {said(due_at, current.call)}:\n\n{correction.asked}\n\n"
        "Sign in to Placework, put it right and submit it again.",
    )
    application.state = current.state
    return correction


@transaction.atomic
def go_on_without_correction(*, application: Application, reason: str, by: Person) -> Application:
    """What was submitted before stands."""
    current = before_the_panel(application, by)
    if current.state != ApplicationState.CORRECTION:
        raise ValidationError("No correction is asked of this application now.")
    gone_on = change_state(application=current, to=ApplicationState.SUBMITTED, by=by, reason=reason)
    _tell(
        gone_on,
        "no correction any more",
        "no longer needs the correction that was asked for. What you submitted before that stands.",
    )
    return gone_on


@transaction.atomic
def grant_extension(
    *, application: Application, until: datetime, reason: str, by: Person
) -> Extension:
    """More time for one application, for a reason that stays on record."""
    current = before_the_panel(application, by)
    if current.state != ApplicationState.STARTED:
        raise ValidationError("Only an application that is not submitted yet can get more time.")
    faults = {}
    if until <= timezone.now():
        faults["until"] = "Enter a time in the future"
    if not reason.strip():
        faults["reason"] = "Say why they get more time"
    if faults:
        raise ValidationError(faults)
    extension = Extension.objects.create(
        application=current,
        until=until,
        reason=reason.strip(),
        granted_by=by,
        granted_by_name=str(by),
    )
    moment = said(until, current.call)
    record(
        ApplicationEvent.EXTENDED,
        by=by,
        subject=current,
        scope=current.call.cohort.programme,
        changes={"until": ["", moment], "reason": ["", extension.reason]},
    )
    _tell(current, "more time", f"can be submitted until {moment}, also once the call has closed.")
    return extension


@transaction.atomic
def record_withdrawal(*, application: Application, reason: str, by: Person) -> Application:
    """For a place that says so by telephone or letter."""
    if not by.has_perm(Actor.STAFF, application):
        raise PermissionDenied
    withdrawn = change_state(
        application=application, to=ApplicationState.WITHDRAWN, by=by, reason=reason
    )
    _tell(
        withdrawn,
        "withdrawn",
        f"is withdrawn, as the staff of {withdrawn.call.cohort.programme} have recorded:\n\n"
        f"{reason.strip()}\n\nIf this is wrong, write to them.",
    )
    return withdrawn


@transaction.atomic
def settle_place(*, application: Application, place: Place | None, by: Person) -> Application:
    """Which place of the register the applicants mean; no place, if it is not known after all."""
    current = locked(application)
    if not by.has_perm(Actor.STAFF, current):
        raise PermissionDenied
    if current.place == place:
        return current
    told = {"place": [str(current.place or ""), str(place or "")]}
    current.place = place
    current.save(update_fields=["place"])
    record(
        ApplicationEvent.PLACE_SETTLED,
        by=by,
        subject=current,
        scope=current.call.cohort.programme,
        changes=told,
    )
    return current


@transaction.atomic
def add_its_place(*, application: Application, by: Person) -> Place:
    """Add the place to the register, as the applicants call it."""
    current = locked(application)
    if not by.has_perm(Actor.STAFF, current):
        raise PermissionDenied
    place = create_place(name=current.place_name, by=by)
    settle_place(application=current, place=place, by=by)
    return place


def _tell(application: Application, in_short: str, words: str) -> None:
    tell_writers(
        [application],
        subject=f"Your application for {application.place_name}: {in_short}",
        words=f"your application for {application.place_name} to “{application.call}” {words}",
    )
