"""The outbox: rows first, one sending, retries, and what happens when parts are down."""

import smtplib
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.test import Client
from django.utils import timezone

from accounts.actions import mail
from accounts.models import OutgoingMail
from accounts.tasks import deliver_mail, sweep_mail
from tests import builders
from tests.broker import broker_down

pytestmark = pytest.mark.django_db
Committed = Callable[..., object]


class Answers(BaseEmailBackend):
    """A mail server that answers what the test says."""

    fault: Exception | None = None

    def send_messages(self, email_messages: list[django_mail.EmailMessage]) -> int:
        if Answers.fault is not None:
            raise Answers.fault
        return len(email_messages)


@pytest.fixture
def server_answers(settings: pytest.FixtureRequest) -> Iterator[Callable[[Exception], None]]:
    settings.EMAIL_BACKEND = "tests.accounts.test_mail.Answers"

    def answer(fault: Exception) -> None:
        Answers.fault = fault

    yield answer
    Answers.fault = None


def queued(**fields: object) -> OutgoingMail:
    return mail.send(to="jo@example.org", subject="Hello", text="The text", **fields)


def fail_after(row: OutgoingMail) -> None:
    raise RuntimeError


def delivered(row: OutgoingMail) -> OutgoingMail:
    deliver_mail(row.pk)
    row.refresh_from_db()
    return row


def test_a_message_is_sent_once_however_often_the_worker_is_told() -> None:
    row = queued(html="<p>The text</p>")
    delivered(row)
    delivered(row)
    assert row.status == "sent"
    assert row.sent_at is not None
    [message] = django_mail.outbox
    assert (message.subject, message.body, message.to) == ("Hello", "The text", ["jo@example.org"])
    assert message.alternatives[0].content == "<p>The text</p>"
    assert str(row.pk) in message.extra_headers["Message-ID"]


def test_a_subject_is_one_line() -> None:
    assert mail.send(to="jo@example.org", subject="a\n b", text="").subject == "a b"


def test_nothing_is_sent_when_the_transaction_is_rolled_back() -> None:
    with pytest.raises(RuntimeError), transaction.atomic():
        fail_after(queued())
    assert not OutgoingMail.objects.exists()


def test_the_worker_is_told_after_commit(django_capture_on_commit_callbacks: Committed) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        row = queued()
        assert row.message_sent_at is None
    row.refresh_from_db()
    assert row.message_sent_at is not None


def test_with_the_broker_down_at_the_click_the_sweep_asks_later(
    django_capture_on_commit_callbacks: Committed,
) -> None:
    with broker_down(), django_capture_on_commit_callbacks(execute=True):
        row = queued()
    row.refresh_from_db()
    assert (row.status, row.message_sent_at) == ("queued", None)
    sweep_mail()
    row.refresh_from_db()
    assert row.message_sent_at is not None


def test_a_sweep_with_the_broker_down_stops_and_harms_nothing() -> None:
    row = queued()
    with broker_down():
        sweep_mail()
    row.refresh_from_db()
    assert (row.status, row.message_sent_at) == ("queued", None)


@pytest.mark.parametrize(
    "fault",
    [
        smtplib.SMTPDataError(451, b"try later"),
        smtplib.SMTPConnectError(421, b"busy"),
        smtplib.SMTPServerDisconnected("gone"),
        smtplib.SMTPRecipientsRefused({"jo@example.org": (450, b"greylisted")}),
        smtplib.SMTPAuthenticationError(535, b"no"),
        TimeoutError("no answer"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_temporary_faults_are_tried_again_later(
    fault: Exception, server_answers: Callable[[Exception], None]
) -> None:
    server_answers(fault)
    row = delivered(queued())
    assert (row.status, row.attempts, row.message_sent_at) == ("queued", 1, None)
    assert row.due_at > timezone.now() + timedelta(seconds=50)
    assert delivered(row).attempts == 1, "it is not due yet"


@pytest.mark.parametrize(
    "fault",
    [
        smtplib.SMTPDataError(554, b"spam"),
        smtplib.SMTPRecipientsRefused({"jo@example.org": (550, b"no such person")}),
        smtplib.SMTPNotSupportedError("SMTPUTF8"),
        ValueError("a bad address"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_permanent_faults_are_given_up_with_the_error_kept(
    fault: Exception, server_answers: Callable[[Exception], None]
) -> None:
    server_answers(fault)
    row = delivered(queued())
    assert row.status == "failed"
    assert str(fault) in row.error


def test_retries_end(server_answers: Callable[[Exception], None]) -> None:
    server_answers(TimeoutError("no answer"))
    row = queued()
    for _ in range(len(mail.DELAYS) + 1):
        OutgoingMail.objects.update(due_at=timezone.now())
        delivered(row)
    assert (row.status, row.attempts) == ("failed", len(mail.DELAYS) + 1)


def test_a_secret_is_removed_once_sent() -> None:
    row = delivered(queued(secret_until=timezone.now() + timedelta(minutes=15), html="<p>x</p>"))
    assert (row.text, row.html) == (mail.REMOVED, "")
    assert django_mail.outbox[0].body == "The text"


def test_a_secret_is_not_sent_too_late() -> None:
    row = delivered(queued(secret_until=timezone.now() - timedelta(seconds=1)))
    assert (row.status, row.text, row.error) == ("failed", mail.REMOVED, mail.TOO_LATE)
    assert django_mail.outbox == []


def test_the_sweep_takes_back_what_a_dead_worker_held() -> None:
    row = queued()
    long_ago = timezone.now() - mail.CLAIM_LASTS - timedelta(seconds=1)
    OutgoingMail.objects.update(status="sending", claimed_at=long_ago, attempts=1)
    sweep_mail()
    assert delivered(row).status == "sent"


def test_the_sweep_leaves_what_a_worker_holds() -> None:
    row = queued()
    OutgoingMail.objects.update(status="sending", claimed_at=timezone.now())
    sweep_mail()
    assert delivered(row).status == "sending"


def test_the_sweep_gives_up_what_killed_its_worker_each_time() -> None:
    row = queued()
    long_ago = timezone.now() - timedelta(hours=1)
    OutgoingMail.objects.update(status="sending", claimed_at=long_ago, attempts=99)
    sweep_mail()
    row.refresh_from_db()
    assert (row.status, row.error) == ("failed", mail.ABANDONED)


def test_old_texts_are_forgotten() -> None:
    sent, waiting = delivered(queued()), queued()
    OutgoingMail.objects.update(queued_at=timezone.now() - timedelta(days=31))
    assert mail.forget_old_texts() == 1
    sent.refresh_from_db()
    waiting.refresh_from_db()
    assert (sent.text, waiting.text) == (mail.REMOVED, "The text")


def test_operators_see_what_did_not_go_out(
    client: Client, server_answers: Callable[[Exception], None]
) -> None:
    client.force_login(builders.person(is_operator=True))
    htmx = {"HX-Request": "true"}
    page = "/accounts/mail/undelivered/"
    assert "All mail of the last 90 days went out." in client.get(page).content.decode()
    server_answers(smtplib.SMTPDataError(554, b"spam"))
    delivered(queued())
    fragment = client.get(page, headers=htmx).content.decode()
    assert "jo@example.org" in fragment
    assert "554" in fragment
    assert "<html" not in fragment
    assert page in client.get("/").content.decode()
