"""What applicants do with a whole application: submit it, take it back, withdraw it; and its receipt."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.actions import mail
from accounts.models import Person
from documents.actions.jobs import request_job
from documents.models import Job
from documents.queries.jobs import jobs_about
from programmes.actions.application_states import change_state, locked
from programmes.actions.applications import submit_application
from programmes.application_states import Actor
from programmes.models import Application, ApplicationState, Submission
from programmes.queries.deadlines import may_be_taken_back
from programmes.queries.writers import writers_of
from programmes.times import said

RECEIPT = "programmes.receipt"


@transaction.atomic
def hand_in(*, application: Application, by: Person) -> Submission:
    """Submit, tell all who write it, and have the receipt made. Twice at once, it is done once."""
    current = locked(application)
    is_new = current.state != ApplicationState.SUBMITTED
    submission = submit_application(application=current, by=by)
    application.state = current.state
    if is_new:
        _tell_of(submission)
        request_job(RECEIPT, by=by, subject=submission)
    return submission


@transaction.atomic
def take_back(*, application: Application, by: Person) -> Application:
    """Not submitted any more, to be changed and submitted again while there is time."""
    current = locked(application)
    if not by.has_perm(Actor.APPLICANT, current):
        raise PermissionDenied
    if not may_be_taken_back(current):
        raise ValidationError(
            "The time to submit is over, so what you have submitted stays as it is. It counts."
        )
    return change_state(application=current, to=ApplicationState.STARTED, by=by)


@transaction.atomic
def withdraw(*, application: Application, by: Person, reason: str = "") -> Application:
    """Take it out of the call for good, and tell all who write it."""
    if not by.has_perm(Actor.APPLICANT, application):  # staff record it otherwise
        raise PermissionDenied
    current = change_state(
        application=application, to=ApplicationState.WITHDRAWN, by=by, reason=reason
    )
    for person in writers_of([current]):
        mail.send(
            to=person.email,
            subject=f"{current.place_name}: the application is withdrawn",
            text=(
                f"Dear {person},\n\n{by} has withdrawn the application {current.reference} of"
                f" {current.place_name} to “{current.call}”. What was written is kept, and can no"
                " longer be changed or submitted.\n"
            ),
        )
    return current


def ask_for_receipt(*, submission: Submission, by: Person) -> Job:
    """The receipt that is made already, or being made for this person; else another is asked for."""
    jobs = list(jobs_about(submission, kinds=[RECEIPT]).order_by("-requested_at", "-pk"))
    made = next((job for job in jobs if job.has_file), None)
    waiting = next(
        (job for job in jobs if not job.is_finished and job.requested_by_id == by.pk), None
    )
    return made or waiting or request_job(RECEIPT, by=by, subject=submission)


def _tell_of(submission: Submission) -> None:
    application = submission.application
    when = said(submission.submitted_at, application.call)
    for person in writers_of([application]):
        mail.send(
            to=person.email,
            subject=f"{application.place_name}: the application is submitted",
            text=(
                f"Dear {person},\n\n{submission.submitted_by_name} submitted the application of"
                f" {application.place_name} to “{application.call}” on {when}.\n\n"
                f"Its reference is {application.reference}. The SHA-256 of the answers is\n\n"
                f"    {submission.sha256}\n\n"
                "The application's page in Placework has the receipt as a PDF, with all answers."
                " Until the call closes, you can take the application back and change it there.\n"
            ),
        )
