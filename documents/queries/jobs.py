"""Jobs as pages see them."""

from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from django.db import models

from documents.locks import held
from documents.models import Job, Standing


def died(job: Job) -> bool:
    """Whether the runner of a row that says "running" is gone.

    The order matters. A runner takes the lock before it marks the row and lets go after it has
    marked it again: so if the row, read after the lock was seen free, still tells of the same
    attempt, that attempt is dead. The row given is brought up to date.
    """
    attempt = job.attempts
    if job.status != Job.Status.RUNNING or job.pk in held([job.pk]):
        return False
    job.refresh_from_db()
    return job.status == Job.Status.RUNNING and job.attempts == attempt


def standing_of(job: Job) -> Standing:
    """What is true of the job at this moment; brings the row up to date where that matters."""
    if died(job):
        return Standing.INTERRUPTED
    if job.status == Job.Status.QUEUED and job.message_sent_at is None:
        return Standing.NOT_SENT
    return Standing(job.status)


def jobs_about(subject: models.Model, *, kinds: Collection[str]) -> models.QuerySet[Job]:
    """Jobs of these kinds about one row, newest first, for `documents/files.html`."""
    return Job.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        kind__in=kinds,
    )
