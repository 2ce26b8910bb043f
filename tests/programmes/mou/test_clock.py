"""What the clock does to what is out to be signed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import OutgoingMail
from programmes.actions.mou.codes import send_code
from programmes.actions.mou.outstanding import stop_reminders
from programmes.actions.mou.reminding import EVERY, remind_those_due
from programmes.actions.mou.signing import ask_for_paper, open_link
from programmes.models import Signatory, VersionState
from programmes.tasks import sweep_signings
from tests.programmes.mou.agreeing import Agreement, agreement, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent() -> Agreement:
    made = agreement()
    made.send()
    return made


def wait(days: float) -> None:
    Signatory.objects.update(asked_at=timezone.now() - timedelta(days=days))


def reminded() -> list[str]:
    mails = OutgoingMail.objects.filter(subject__startswith="Reminder").order_by("to")
    return list(mails.values_list("to", flat=True))


def test_those_who_are_waited_for_are_reminded_every_five_days(sent: Agreement) -> None:
    wait(4.9)
    assert remind_those_due() == 0
    signed(sent.signatory(1))
    open_link(sent.signatory(2))
    wait(5.1)
    assert (remind_those_due(), remind_those_due()) == (2, 0)
    assert reminded() == ["signer2@example.org", "signer3@example.org"]
    assert (
        "https://example.org/programmes/mou/sign/" in OutgoingMail.objects.order_by("-pk")[0].text
    )
    Signatory.objects.update(reminded_at=timezone.now() - EVERY - timedelta(minutes=1))
    assert remind_those_due() == 2


def test_nobody_is_reminded_once_staff_have_stopped_it(sent: Agreement) -> None:
    wait(6)
    stop_reminders(signing=sent.signing, stop=True, by=sent.staff)
    assert remind_those_due() == 0


def test_nobody_is_disturbed_while_signing_or_waiting_for_paper(sent: Agreement) -> None:
    wait(6)
    send_code(sent.signatory(1))
    ask_for_paper(signatory=sent.signatory(2))
    assert remind_those_due() == 1
    assert reminded() == ["signer3@example.org"]


def test_what_is_over_expires_and_nobody_is_reminded_of_it(sent: Agreement) -> None:
    wait(6)
    type(sent.signing).objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    sweep_signings()
    assert sent.version.state == VersionState.EXPIRED
    assert reminded() == []
