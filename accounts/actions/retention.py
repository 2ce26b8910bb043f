"""Forgetting what need not be known any more. Each function says how many rows that were."""

from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone

from accounts.models import Invitation, OutgoingMail

MAIL_KEPT = timedelta(days=90)
INVITATIONS_KEPT = timedelta(days=90)


def delete_old_mail() -> int:
    """Messages that went out or were given up, some time ago."""
    done = OutgoingMail.objects.filter(
        status__in=[OutgoingMail.Status.SENT, OutgoingMail.Status.FAILED],
        queued_at__lt=timezone.now() - MAIL_KEPT,
    )
    return done.delete()[0]


def delete_closed_invitations() -> int:
    """Those accepted, withdrawn or expired some time ago. The audit trail still tells of them."""
    before = timezone.now() - INVITATIONS_KEPT
    closed = Q(accepted_at__lt=before) | Q(withdrawn_at__lt=before) | Q(expires_at__lt=before)
    return Invitation.objects.filter(closed).delete()[0]


def delete_expired_sessions() -> int:
    return Session.objects.filter(expire_date__lt=timezone.now()).delete()[0]
