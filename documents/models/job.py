from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q

from documents.registry import is_made, kind_of_row


class Standing(models.TextChoices):
    """What is true of a job at one moment: its row and whether somebody is running it."""

    NOT_SENT = "not_sent", "Waiting to be queued"
    QUEUED = "queued", "Queued"
    RUNNING = "running", "Running"
    INTERRUPTED = "interrupted", "Interrupted"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class Job(models.Model):
    """One piece of slow work. The row is written first; a message to the worker follows the commit.

    Whether somebody is running it now is told by a PostgreSQL advisory lock on its id, which dies
    with the worker's connection; the row alone never claims that.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "Queued"
        RUNNING = "running", "Running"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"

    UNFINISHED = (Status.QUEUED, Status.RUNNING)

    kind = models.CharField(max_length=60)
    subject_type = models.ForeignKey(ContentType, null=True, on_delete=models.PROTECT)
    subject_id = models.PositiveBigIntegerField(null=True)
    subject = GenericForeignKey("subject_type", "subject_id")
    parameters = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    steps_done = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    doing = models.CharField(max_length=200, blank=True)
    requested_at = models.DateTimeField(auto_now_add=True)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    requested_by_name = models.CharField(max_length=200)
    message_sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error_for_people = models.TextField(blank=True)
    error_for_operators = models.TextField(blank=True)
    result_file = models.CharField(max_length=200, blank=True)  # name in the default storage
    result_name = models.CharField(max_length=200, blank=True)  # what a download is called
    result_sha256 = models.CharField(max_length=64, blank=True)
    result_size = models.PositiveBigIntegerField(default=0)  # bytes
    result = models.JSONField(default=dict)

    class Meta:
        ordering = ["-requested_at", "-pk"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="job_subject"),
            models.Index(
                fields=["requested_at"],
                name="job_unfinished",
                condition=Q(status__in=["queued", "running"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="done") | Q(finished_at__isnull=False), name="job_done_finished"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def title(self) -> str:
        """What people call this kind of job."""
        return kind_of_row(self.kind).title

    @property
    def can_be_asked_again(self) -> bool:
        return is_made(self.kind)

    @property
    def is_finished(self) -> bool:
        return self.status in (self.Status.DONE, self.Status.FAILED)

    @property
    def has_file(self) -> bool:
        return bool(self.result_file)

    # What the kind's handler chose to say in `result`.

    @property
    def sentence(self) -> str:
        return str(self.result.get("sentence", ""))

    @property
    def next_page(self) -> str:
        return str(self.result.get("next_page", ""))

    @property
    def revision(self) -> str:
        return str(self.result.get("revision", ""))
