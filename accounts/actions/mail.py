"""The outbox: a message is a row first; the worker sends it after the commit.

The word to the worker is only a hint: it may be lost or come twice. A row is claimed by
compare-and-set, so that one worker sends it. A worker that dies between the mail server's answer and
the row's change leaves a message that is sent again after a while, under the same Message-ID.
"""

import smtplib
from datetime import datetime, timedelta

import structlog
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from accounts.actions.messages import accepted
from accounts.models import OutgoingMail

DELIVER = "accounts.tasks.deliver_mail"
TEMPORARY = range(400, 500)  # what a mail server's answer means by "not now" (RFC 5321, 4.2.1)
DELAYS = [timedelta(minutes=minutes) for minutes in (1, 2, 5, 15, 60, 180, 360, 720)]
RESEND_AFTER = timedelta(minutes=5)  # a hint not acted on for so long is taken for lost
CLAIM_LASTS = timedelta(minutes=10)  # far longer than the mail server may take to answer
TEXT_KEPT = timedelta(days=30)
REMOVED = "[removed]"
ABANDONED = "The worker was interrupted each time it tried to send this."
TOO_LATE = "What it said was no longer of use by the time it could be sent."

Status = OutgoingMail.Status
log = structlog.get_logger(__name__)


def send(
    *, to: str, subject: str, text: str, html: str = "", secret_until: datetime | None = None
) -> OutgoingMail:
    """Put a message into the outbox. It goes out after the commit, or not at all."""
    mail = OutgoingMail.objects.create(
        to=to,
        subject=" ".join(subject.split()),
        text=text,
        html=html,
        secret_until=secret_until,
    )
    transaction.on_commit(lambda: tell_worker(mail.pk))
    return mail


def tell_worker(mail_id: int) -> bool:
    """Ask a worker to send it; whether the broker took the message. If not, `sweep` asks again."""
    if not accepted(DELIVER, mail_id):
        return False
    OutgoingMail.objects.filter(pk=mail_id).update(message_sent_at=timezone.now())
    return True


def deliver(mail_id: int) -> None:
    """Send one message, unless it is sent, given up, not yet due, or another worker has it."""
    mail = _claim(mail_id)
    if mail is None:
        return
    if mail.secret_until and mail.secret_until < timezone.now():
        _give_up(mail, TOO_LATE)
        return
    try:
        _message(mail).send()
    except Exception as fault:
        _try_again_or_give_up(mail, fault)
    else:
        _finish(mail, status=Status.SENT, sent_at=timezone.now(), error="")


def _claim(mail_id: int) -> OutgoingMail | None:
    now = timezone.now()
    claimed = OutgoingMail.objects.filter(pk=mail_id, status=Status.QUEUED, due_at__lte=now).update(
        status=Status.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    return OutgoingMail.objects.get(pk=mail_id) if claimed else None


def _message(mail: OutgoingMail) -> EmailMultiAlternatives:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ")
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.to],
        headers={
            "Message-ID": f"<{mail.queued_at:%Y%m%d%H%M%S}.{mail.pk}@{domain}>",
            "Auto-Submitted": "auto-generated",
        },
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _try_again_or_give_up(mail: OutgoingMail, fault: Exception) -> None:
    error = f"{type(fault).__name__}: {fault}"
    if not is_temporary(fault) or mail.attempts > len(DELAYS):
        log.error("mail_failed", mail_id=mail.pk, exc_info=fault)
        _give_up(mail, error)
        return
    log.warning("mail_postponed", mail_id=mail.pk, error=error)
    OutgoingMail.objects.filter(pk=mail.pk, status=Status.SENDING).update(
        status=Status.QUEUED,
        due_at=timezone.now() + DELAYS[mail.attempts - 1],
        message_sent_at=None,
        error=error,
    )


def is_temporary(fault: Exception) -> bool:
    """Whether the same message may well be taken later: the server says 4yz, or is not there.

    A refused password is our setting's fault and not the message's: it waits until that is mended.
    """
    match fault:
        case smtplib.SMTPAuthenticationError():
            return True
        case smtplib.SMTPRecipientsRefused(recipients=recipients):
            return all(code in TEMPORARY for code, _ in recipients.values())
        case smtplib.SMTPResponseException(smtp_code=code):
            return code in TEMPORARY
        case smtplib.SMTPNotSupportedError():
            return False
        case _:
            return isinstance(fault, OSError)


def _give_up(mail: OutgoingMail, error: str) -> None:
    _finish(mail, status=Status.FAILED, error=error)


def _finish(mail: OutgoingMail, **fields: object) -> None:
    if mail.secret_until:
        fields |= {"text": REMOVED, "html": ""}
    OutgoingMail.objects.filter(pk=mail.pk, status=Status.SENDING).update(**fields)


def sweep() -> None:
    """Ask again for what no worker was told of, or whose worker died."""
    now = timezone.now()
    abandoned = OutgoingMail.objects.filter(status=Status.SENDING, claimed_at__lt=now - CLAIM_LASTS)
    for mail in abandoned.filter(attempts__gt=len(DELAYS)):
        _give_up(mail, ABANDONED)
    abandoned.update(status=Status.QUEUED, message_sent_at=None)
    untold = Q(message_sent_at=None) | Q(message_sent_at__lt=now - RESEND_AFTER)
    waiting = OutgoingMail.objects.filter(untold, status=Status.QUEUED, due_at__lte=now)
    for mail_id in waiting.order_by("due_at").values_list("pk", flat=True):
        if not tell_worker(mail_id):
            return  # the broker is away: the next sweep tries again


def forget_old_texts() -> int:
    """Remove the text of messages that went out, or were given up, some time ago."""
    return (
        OutgoingMail.objects.filter(
            status__in=[Status.SENT, Status.FAILED], queued_at__lt=timezone.now() - TEXT_KEPT
        )
        .exclude(text=REMOVED)
        .update(text=REMOVED, html="")
    )
