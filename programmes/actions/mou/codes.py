"""One-time codes: sent to the signatory's own address, of use for ten minutes, for one text, five tries.

What is kept is a keyed digest, so that the table alone opens nothing.
"""

import hmac
import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Sum
from django.utils import timezone

from programmes.actions.mou.mails import write
from programmes.models import Signatory, SigningCode

LASTS = timedelta(minutes=10)
TRIES = 5
CODES, WITHIN = 5, timedelta(hours=1)  # so many codes for one signatory in that time
WRONG_A_DAY = 15  # tries for one signatory: guessing for a fortnight finds one code in 4,000
DIGITS = 6
TOO_MANY = (
    "We have sent you five codes within an hour. Wait an hour, and ask again; if no code arrives, look"
    " among unwanted mail, or ask for paper"
)
TOO_MANY_WRONG = (
    "Wrong codes were entered fifteen times within a day. Wait a day, and ask again, or ask for paper."
    " If that was not you, tell whoever asked you to sign"
)
WRONG = "This is not the code that we sent. Look at the latest e-mail"
NO_TRIES = "This code was tried too often. Ask for a new one"
TOO_OLD = "This code is more than ten minutes old. Ask for a new one"
NO_CODE = "Ask for a code first"


@transaction.atomic
def send_code(signatory: Signatory) -> SigningCode:
    """A new code; those before are of no use any more."""
    held = Signatory.objects.select_for_update(of=("self",)).select_related("signing__version__mou")
    current = held.get(pk=signatory.pk)
    now = timezone.now()
    if current.codes.filter(sent_at__gt=now - WITHIN).count() >= CODES:
        raise ValidationError({"code": TOO_MANY})
    if _wrong_today(current) >= WRONG_A_DAY:
        raise ValidationError({"code": TOO_MANY_WRONG})
    code = f"{secrets.randbelow(10**DIGITS):0{DIGITS}}"
    row = SigningCode.objects.create(
        signatory=current,
        text_sha256=current.signing.text_sha256,
        code_hmac=_keyed(current, code),
        expires_at=now + LASTS,
    )
    write(
        current.email,
        "Your code to sign",
        "code",
        secret_until=row.expires_at,
        signatory=current,
        code=code,
    )
    return row


@transaction.atomic
def spend_try(signatory: Signatory, code: str) -> SigningCode | str:
    """The code if it is right, and else a sentence. A try counts, whatever becomes of the rest: so
    call it in a transaction of its own.
    """
    row = signatory.codes.select_for_update().order_by("-sent_at", "-pk").first()
    if row is None or row.used_at is not None:
        return NO_CODE
    if row.expires_at < timezone.now():
        return TOO_OLD
    if row.tries >= TRIES:
        return NO_TRIES
    SigningCode.objects.filter(pk=row.pk).update(tries=F("tries") + 1)
    is_right = hmac.compare_digest(row.code_hmac, _keyed(signatory, _typed(code)))
    return row if is_right else WRONG


def live_code(signatory: Signatory) -> SigningCode | None:
    """The code that was sent last, if it can still be tried."""
    row = signatory.codes.order_by("-sent_at", "-pk").first()
    if row is None or row.used_at or row.tries >= TRIES or row.expires_at < timezone.now():
        return None
    return row


def _wrong_today(signatory: Signatory) -> int:
    since = timezone.now() - timedelta(days=1)
    tried = signatory.codes.filter(sent_at__gt=since, used_at=None)
    return tried.aggregate(tries=Sum("tries", default=0))["tries"]  # type: ignore[no-any-return]


def _typed(code: str) -> str:
    """Without the blanks and hyphens that people put between figures."""
    return "".join(each for each in code if each not in " -\u00a0\t")


def _keyed(signatory: Signatory, code: str) -> str:
    """Bound to the signatory and to the text that they were shown."""
    told = f"{signatory.pk}:{signatory.signing.text_sha256}:{code}"
    return hmac.new(settings.SECRET_KEY.encode(), told.encode(), "sha256").hexdigest()
