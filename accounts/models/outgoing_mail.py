from django.db import models
from django.utils import timezone


class OutgoingMail(models.Model):
    """One message on its way out: the row first, the worker's delivery after commit.

    A message with a secret in it (a sign-in code, the link of an invitation) says until when that is
    of use. Its text is removed once it is sent or too late.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "Queued"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    to = models.EmailField()
    subject = models.CharField(max_length=300)
    text = models.TextField()
    html = models.TextField(blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    queued_at = models.DateTimeField(auto_now_add=True)
    due_at = models.DateTimeField(default=timezone.now)  # later than queued after a failed attempt
    message_sent_at = models.DateTimeField(null=True)  # to the broker
    claimed_at = models.DateTimeField(null=True)  # by the worker that is sending it
    secret_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)  # for operators

    class Meta:
        indexes = [
            models.Index(
                fields=["queued_at"],
                name="mail_unfinished",
                condition=models.Q(status__in=["queued", "sending"]),
            )
        ]

    def __str__(self) -> str:
        return self.subject
