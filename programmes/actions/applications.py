"""Starting an application, and handing it in."""

import hashlib
import json
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max

from accounts.actions.audit import record
from accounts.actions.memberships import grant_role
from accounts.models import Person
from accounts.roles import Role
from programmes.actions.application_states import change_state, locked
from programmes.actions.call_phases import is_taking, locked_call
from programmes.application_states import Actor
from programmes.events import ApplicationEvent
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Submission,
)
from programmes.queries.call_versions import published_version
from programmes.queries.deadlines import may_be_submitted
from programmes.queries.writing import tasks_of


@transaction.atomic
def start_application(*, call: Call, place_name: str, by: Person) -> Application:
    """A new application of a place, which `by` writes. Only while the call is open."""
    current = locked_call(call)
    if not is_taking(current):
        raise ValidationError("This call does not take applications now.")
    place_name = " ".join(place_name.split())
    if not place_name:
        raise ValidationError({"place_name": "Enter the name of your place"})
    last = current.applications.aggregate(last=Max("number"))["last"] or 0
    application = Application.objects.create(
        call=current,
        number=last + 1,
        place_name=place_name,
        started_by=by,
        started_by_name=str(by),
    )
    programme = current.cohort.programme
    record(ApplicationEvent.STARTED, by=by, subject=application, scope=programme)
    grant_role(person=by, role=Role.APPLICANT, scope=application, by=by, within=programme)
    return application


def answers_of(application: Application) -> dict[str, Any]:
    """{key of the question: value} as they stand, for what is asked now."""
    version = published_version(application.call)
    asked = set(version.questions.values_list("key", flat=True)) if version else set()
    rows = application.answers.filter(key__in=asked).order_by("key")
    return {row.key: row.value for row in rows}


def digest_of(answers: dict[str, Any]) -> str:
    """SHA-256 of the answers as canonical JSON (sorted keys, no spaces, UTF-8), in hexadecimal."""
    text = json.dumps(answers, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def submit_application(*, application: Application, by: Person) -> Submission:
    """Hand in the answers as they stand, all of them. Submitted twice at once, it is one submission."""
    current = locked(application)
    if not by.has_perm(Actor.APPLICANT, current):
        raise PermissionDenied
    if current.state == ApplicationState.SUBMITTED:
        return current.submissions.latest("number")
    if not may_be_submitted(current):
        raise ValidationError(
            "The time to submit is over. What you wrote is kept. Ask the programme's staff whether"
            " they can give you more time."
        )
    if any(task.faults for task in tasks_of(current)):
        raise ValidationError(
            "Some answers are missing or must be put right. They are listed below."
        )
    version = published_version(current.call)
    assert version is not None  # a call that takes applications has one
    answers = answers_of(current)
    submission = Submission.objects.create(
        application=current,
        number=current.submissions.count() + 1,
        version=version,
        answers=answers,
        sha256=digest_of(answers),
        submitted_by=by,
        submitted_by_name=str(by),
    )
    current.corrections.filter(submission=None).update(submission=submission)
    change_state(application=current, to=ApplicationState.SUBMITTED, by=by)
    application.state = current.state
    return submission
