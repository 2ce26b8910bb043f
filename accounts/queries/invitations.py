"""Invitations that can still be accepted."""

from django.db.models import QuerySet

from accounts.models import Invitation


def open_invitations() -> QuerySet[Invitation]:
    """Neither accepted nor withdrawn; some may have expired, and can be sent again."""
    return Invitation.objects.filter(accepted_at=None, withdrawn_at=None)
