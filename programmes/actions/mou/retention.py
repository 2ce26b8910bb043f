from datetime import timedelta

from django.utils import timezone

from programmes.models import SignatureTrace, SigningCode

CODES_KEPT = timedelta(days=2)  # wrong tries are counted over a day


def forget_traces() -> int:
    """From where people signed, once the stated time is over. The signature itself stays."""
    return SignatureTrace.objects.filter(kept_until__lt=timezone.now()).delete()[0]


def forget_codes() -> int:
    """That a code was sent, and how often it was tried."""
    return SigningCode.objects.filter(sent_at__lt=timezone.now() - CODES_KEPT).delete()[0]
