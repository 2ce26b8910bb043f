"""Slow work: asked for in a request, run by a worker, and swept up when it got stuck.

The row comes first. The message to the worker follows the commit and is only a hint: it may be lost
or come twice, and the worker may die at any moment. What holds a job together is its row, and the
advisory lock of whoever is running it (`documents.locks`).
"""

import time
from datetime import timedelta
from typing import Any

import structlog
from django.contrib.contenttypes.models import ContentType
from django.db import InterfaceError, OperationalError, models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import timezone

from accounts.actions.audit import record
from accounts.actions.messages import accepted
from accounts.models import Person
from documents.events import DocumentEvent
from documents.faults import for_operators
from documents.files import keep
from documents.locks import hold
from documents.models import Job
from documents.queries.jobs import died
from documents.registry import JobFailed, Outcome, kind_called, kind_of_row

RUN = "documents.tasks.run_job"
ATTEMPTS = 3  # after so many that died, a job is given up
RESEND_AFTER = timedelta(minutes=1)  # a message not acted on for so long is taken for lost
PROGRESS_EVERY = 0.3  # seconds between two writes of the same step
UNEXPECTED = (
    "Something went wrong that Placework did not expect. Try again. If it happens again, tell the"
    " person who runs Placework that it was job {job}."
)
GIVEN_UP = (
    "This was interrupted {attempts} times before it was finished, so Placework has stopped trying."
    " Try again later. If it happens again, tell the person who runs Placework that it was job {job}."
)

log = structlog.get_logger(__name__)


@transaction.atomic
def request_job(
    kind: str,
    *,
    by: Person,
    subject: models.Model | None = None,
    parameters: dict[str, Any] | None = None,
) -> Job:
    """Write down the work that `by` asks for; a worker is told once that is committed.

    It succeeds with the broker down, too: `sweep_jobs` sends the message later.
    """
    kind_called(kind)
    job = Job.objects.create(
        kind=kind,
        subject_type=ContentType.objects.get_for_model(subject) if subject else None,
        subject_id=subject.pk if subject else None,
        parameters=parameters or {},
        requested_by=by,
        requested_by_name=str(by),
    )
    _tell(DocumentEvent.REQUESTED, job, by=by)
    transaction.on_commit(lambda: send(job.pk))
    return job


def send(job_id: int) -> bool:
    """Tell a worker about the job; whether the broker accepted the message."""
    if not accepted(RUN, job_id):
        return False
    Job.objects.filter(pk=job_id).update(message_sent_at=timezone.now())
    return True


def run_job(job_id: int) -> None:
    """Do the work, unless somebody is at it or it is finished. Safe to call any number of times."""
    with hold(job_id) as line:
        if line is None:
            return
        job = _begin(job_id)
        if job is not None:
            _work(job, line)


@transaction.atomic
def _begin(job_id: int) -> Job | None:
    """The row, marked as running; None when there is nothing to do."""
    job = Job.objects.select_for_update().filter(pk=job_id).first()
    if job is None or job.is_finished:
        return None
    if job.attempts >= ATTEMPTS:
        _fail(job, GIVEN_UP.format(attempts=job.attempts, job=job.pk), "")
        return None
    job.status = Job.Status.RUNNING
    job.attempts += 1
    job.started_at = timezone.now()
    job.steps_done = job.steps = 0
    job.doing = ""
    job.save()
    return job


class _Running:
    """The handler's view of its job. Progress goes over the lock's own connection: seen at once."""

    def __init__(self, job: Job, line: BaseDatabaseWrapper) -> None:
        self._job = job
        self._line = line
        self._written = (0, "")
        self._written_at = 0.0
        self.parameters: dict[str, Any] = job.parameters
        self.subject: models.Model | None = job.subject
        self.requested_by: Person | None = job.requested_by

    def progress(self, done: int, of: int, doing: str = "") -> None:
        now = time.monotonic()
        same_step = self._written == (of, doing) and done < of
        if same_step and now - self._written_at < PROGRESS_EVERY:
            return
        with self._line.cursor() as cursor:
            cursor.execute(
                "UPDATE documents_job SET steps_done = %s, steps = %s, doing = %s"
                " WHERE id = %s AND status = 'running'",
                [min(done, of), of, doing[:200], self._job.pk],
            )
        self._written, self._written_at = (of, doing), now


def _work(job: Job, line: BaseDatabaseWrapper) -> None:
    try:
        if job.subject_id is not None and job.subject is None:
            raise JobFailed("What this was to be made from has been deleted.")
        outcome = kind_of_row(job.kind).handler(_Running(job, line))
    except JobFailed as reason:
        _fail(job, str(reason), for_operators(reason))
    except (OperationalError, InterfaceError):
        # The database went away or gave way: the row still says "running", the lock is gone with
        # the connection, and the sweep starts it again, up to ATTEMPTS times.
        log.exception("job_interrupted", job_id=job.pk, kind=job.kind)
        raise
    except Exception as fault:
        log.exception("job_failed", job_id=job.pk, kind=job.kind)
        _fail(job, UNEXPECTED.format(job=job.pk), for_operators(fault))
    else:
        _finish(job, outcome)


def _finish(job: Job, outcome: Outcome) -> None:
    """The file first, then the row that names it; a file without a row does no harm."""
    kept = None if outcome.content is None else keep(outcome.content, folder="documents")
    with transaction.atomic():
        row = Job.objects.select_for_update().get(pk=job.pk)
        if row.is_finished:
            return
        if kept is not None:
            row.result_file, row.result_sha256, row.result_size = kept.name, kept.sha256, kept.size
            row.result_name = outcome.file_name
        row.result = outcome.result
        row.steps_done = row.steps
        row.doing = ""
        row.status = Job.Status.DONE
        row.finished_at = timezone.now()
        row.save()
        _tell(DocumentEvent.MADE, row, by=row.requested_by)


@transaction.atomic
def _fail(job: Job, told_people: str, told_operators: str) -> None:
    """Mark this attempt's job as failed, unless it has moved on meanwhile."""
    row = Job.objects.select_for_update().get(pk=job.pk)
    if row.is_finished or row.attempts != job.attempts:
        return
    row.status = Job.Status.FAILED
    row.error_for_people = told_people
    row.error_for_operators = told_operators
    row.doing = ""
    row.finished_at = timezone.now()
    row.save()
    _tell(DocumentEvent.FAILED, row, by=row.requested_by)


def sweep_jobs() -> None:
    """Send again what never reached the broker or whose runner died; give up what died too often."""
    unfinished = Job.objects.filter(status__in=Job.UNFINISHED).order_by("requested_at", "pk")
    for job in unfinished:
        if job.status == Job.Status.RUNNING:
            if not died(job):
                continue
            if job.attempts >= ATTEMPTS:
                log.error("job_given_up", job_id=job.pk, kind=job.kind)
                _fail(job, GIVEN_UP.format(attempts=job.attempts, job=job.pk), "")
                continue
        if _needs_message(job) and not send(job.pk):
            return  # the broker is away: the next sweep tries again


def _needs_message(job: Job) -> bool:
    """Whether no message is on its way that could still start the job."""
    sent = job.message_sent_at
    if sent is None or sent < timezone.now() - RESEND_AFTER:
        return True
    return job.started_at is not None and sent < job.started_at


def _tell(event: DocumentEvent, job: Job, *, by: Person | None) -> None:
    kind = kind_of_row(job.kind)
    subject = job.subject
    record(
        event,
        by=by,
        subject=subject or job,
        scope=kind.scope(subject) if subject else None,
        changes={"document": ["", kind.title]},
    )
