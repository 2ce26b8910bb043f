from django.db.models import QuerySet

from accounts.models import OutgoingMail

SHOWN = 25


def undelivered_mail() -> QuerySet[OutgoingMail]:
    """The latest messages that were given up."""
    failed = OutgoingMail.objects.filter(status=OutgoingMail.Status.FAILED)
    return failed.order_by("-queued_at", "-pk")[:SHOWN]
