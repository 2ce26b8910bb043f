"""Reminders that nobody has to think of: every five days, to those who are waited for."""

from contextlib import suppress
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from programmes.actions.mou.asking import remind
from programmes.actions.mou.states import locked_version
from programmes.models import Signatory, SignatoryState, VersionState

EVERY = timedelta(days=5)
# A reminder brings a new link: not while somebody is about to sign with the one they have.
LEFT_ALONE = timedelta(hours=1)


def remind_those_due() -> int:
    """How many were written to. Whoever asked for paper waits for staff, and is left alone."""
    return sum(_remind(pk) for pk in _due().order_by("pk").values_list("pk", flat=True))


def _due() -> QuerySet[Signatory]:
    now = timezone.now()
    waiting = Signatory.objects.filter(
        state__in=[SignatoryState.ASKED, SignatoryState.OPENED],
        signing__version__state=VersionState.SENT,
        signing__expires_at__gt=now,
        signing__reminders_stop=False,
    )
    written = waiting.annotate(written_at=Coalesce(F("reminded_at"), F("asked_at")))
    return written.filter(written_at__lt=now - EVERY).exclude(codes__sent_at__gt=now - LEFT_ALONE)


@transaction.atomic
def _remind(pk: int) -> bool:
    """Look again with the version held: another clock, or staff, may have written meanwhile."""
    signatory = Signatory.objects.select_related("signing__version").get(pk=pk)
    locked_version(signatory.signing.version)
    if not _due().filter(pk=pk).exists():
        return False
    with suppress(ValidationError):
        remind(signatory=signatory, by=None)
        return True
    return False
