"""Asking for the minutes of a panel meeting: each gets what they may see of the board."""

from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Person
from documents.actions.jobs import request_job
from documents.models import Job
from documents.queries.jobs import jobs_about
from documents.registry import AskedFor
from programmes.models import Call
from programmes.queries.board import waiting_for
from programmes.queries.recusals import closed_to

MINUTES = "programmes.minutes"


def request_minutes(*, call: Call, by: Person) -> Job:
    today = timezone.localdate(timezone=call.zone)
    parameters = {"closed": sorted(closed_to(by, call)), "on": today.isoformat()}
    return request_job(MINUTES, by=by, subject=call, parameters=parameters)


def minutes_for(person: Person, call: Call, *, is_whole: bool) -> QuerySet[Job]:
    """Those made earlier: of the whole board, or for a person who is recused their own."""
    jobs = jobs_about(call, kinds=[MINUTES])
    if is_whole:
        return jobs.filter(parameters__closed=[])
    return jobs.filter(requested_by=person).exclude(parameters__closed=[])


def lets_read(person: Person, job: AskedFor) -> bool:
    """Whether minutes hold nothing that is closed to this person now."""
    call = job.subject
    if not isinstance(call, Call):
        return False
    left_out = set(job.parameters["closed"])
    is_theirs = not left_out or job.requested_by == person
    return is_theirs and closed_to(person, call) <= left_out and not waiting_for(person, call)
