"""Submitting, taking back, withdrawing, and the receipt."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from documents.actions.jobs import run_job
from documents.models import Job
from programmes.actions.answers import save_answer
from programmes.actions.application_states import change_state
from programmes.actions.applications import digest_of
from programmes.actions.eligibility import grant_extension
from programmes.actions.handing_in import ask_for_receipt, hand_in, take_back, withdraw
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Correction,
    Phase,
    Submission,
)
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    call = builders.call(questions=[{}, {"is_required": False}], supporters=["sponsor"])
    return builders.application(call, "Wakefield")


@pytest.fixture
def writer(application: Application, client: Client) -> Person:
    person = Person.objects.get(pk=application.started_by_id)
    client.force_login(person)
    return person


def page_of(application: Application, verb: str) -> str:
    return reverse(f"programmes:application_{verb}", args=[application.pk])


def write(application: Application, value: str = "We meet on Mondays.") -> None:
    number = getattr(application.answers.filter(key="q1").first(), "number", 0)
    save_answer(
        application=application,
        question=builders.asked(application),
        value=value,
        based_on=number,
        by=builders.person(),
    )


def state_of(application: Application) -> str:
    return Application.objects.get(pk=application.pk).state


def test_what_is_missing_is_listed_and_cannot_be_submitted(
    client: Client, application: Application, writer: Person
) -> None:
    page = client.get(page_of(application, "submit")).content.decode()
    assert "Still missing" in page
    assert reverse("programmes:answer", args=[application.pk, "q1"]) in page
    assert reverse("programmes:answer", args=[application.pk, "q2"]) not in page  # optional
    assert "Submit the application</button>" not in page
    page = client.post(page_of(application, "submit")).content.decode()
    assert "Some answers are missing" in page
    assert state_of(application) == "started"


def test_a_complete_application_is_submitted_and_all_who_write_it_are_told(
    client: Client, application: Application, writer: Person
) -> None:
    colleague = builders.grant(builders.person(), "applicant", application)
    write(application)
    page = client.get(page_of(application, "submit")).content.decode()
    assert "All answers are there" in page
    assert "The sponsor</a>: not asked" in page
    response = client.post(page_of(application, "submit"))
    assert response.url == application.get_absolute_url()
    submission = Submission.objects.get()
    assert submission.answers == {"q1": "We meet on Mondays."}
    assert submission.sha256 == digest_of(submission.answers)
    mails = OutgoingMail.objects.all()
    assert {mail.to for mail in mails} == {writer.email, colleague.email}
    for mail in mails:
        assert submission.sha256 in mail.text
        assert "A1" in mail.text
        assert "(London time)" in mail.text
    page = client.get(response.url).content.decode()
    assert "Get the receipt" in page
    assert f"by {writer}" in page


def test_submitted_twice_it_is_one_submission(
    client: Client, application: Application, writer: Person
) -> None:
    write(application)
    for _ in range(2):
        assert client.post(page_of(application, "submit")).status_code == 302
    assert Submission.objects.count() == 1
    assert OutgoingMail.objects.count() == 1
    assert Job.objects.count() == 1
    assert client.get(page_of(application, "submit")).url == application.get_absolute_url()


@pytest.mark.django_db(transaction=True)
def test_submitted_twice_at_the_same_moment_it_is_one_submission(application: Application) -> None:
    writer = Person.objects.get(pk=application.started_by_id)
    write(application)
    barrier = Barrier(2)

    def submit() -> int:
        barrier.wait()
        try:
            return hand_in(application=Application.objects.get(), by=writer).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        made = {task.result() for task in [pool.submit(submit) for _ in range(2)]}
    assert len(made) == 1
    assert Submission.objects.count() == 1
    assert OutgoingMail.objects.count() == 1


def test_a_deadline_in_the_middle_is_told_and_keeps_everything(
    client: Client, application: Application, writer: Person
) -> None:
    write(application)
    assert "Submit the application" in client.get(page_of(application, "submit")).content.decode()
    Call.objects.update(closes_at=timezone.now())
    page = client.post(page_of(application, "submit")).content.decode()
    assert "The time to submit is over. What you wrote is kept." in page
    assert state_of(application) == "started"
    assert application.answers.get(key="q1").value == "We meet on Mondays."
    write(application, "We meet on Tuesdays.")  # saving has no deadline
    page = client.get(application.get_absolute_url()).content.decode()
    assert "The time is over" in page


def test_an_extension_lets_one_submit_late(
    client: Client, application: Application, writer: Person
) -> None:
    write(application)
    Call.objects.update(closes_at=timezone.now(), phase=Phase.ELIGIBILITY)
    staff = builders.staff(application.call.cohort.programme)
    until = timezone.now() + timedelta(days=2)
    grant_extension(application=application, until=until, reason="A flood.", by=staff)
    client.post(page_of(application, "submit"))
    assert state_of(application) == "submitted"
    assert client.get(page_of(application, "take_back")).status_code == 200


def test_it_is_taken_back_and_submitted_again(
    client: Client, application: Application, writer: Person
) -> None:
    write(application)
    hand_in(application=application, by=writer)
    assert "Take it back?" not in client.get(page_of(application, "take_back")).content.decode()
    assert client.post(page_of(application, "take_back")).url == application.get_absolute_url()
    write(application, "We meet on Tuesdays.")
    client.post(page_of(application, "submit"))
    texts = [row.answers["q1"] for row in Submission.objects.order_by("number")]
    assert texts == ["We meet on Mondays.", "We meet on Tuesdays."]


def test_what_was_submitted_stays_once_the_call_has_closed(
    client: Client, application: Application, writer: Person
) -> None:
    write(application)
    hand_in(application=application, by=writer)
    page = client.get(page_of(application, "take_back")).content.decode()
    assert "Take it back</button>" in page
    Call.objects.update(closes_at=timezone.now())
    page = client.post(page_of(application, "take_back")).content.decode()
    assert "what you have submitted stays as it is" in page
    assert state_of(application) == "submitted"
    assert client.get(page_of(application, "take_back")).status_code == 302
    page = client.get(application.get_absolute_url()).content.decode()
    assert "Take it back" not in page


def test_a_correction_is_shown_and_submitted(
    client: Client, application: Application, writer: Person
) -> None:
    write(application)
    hand_in(application=application, by=writer)
    staff = builders.staff(application.call.cohort.programme)
    Call.objects.update(closes_at=timezone.now(), phase=Phase.ELIGIBILITY)
    change_state(
        application=application, to=ApplicationState.CORRECTION, by=staff, reason="Name them."
    )
    Correction.objects.create(
        application=application,
        asked="Name the partners.",
        due_at=timezone.now() + timedelta(days=3),
        asked_by=staff,
        asked_by_name=str(staff),
    )
    page = client.get(application.get_absolute_url()).content.decode()
    assert "Name the partners." in page
    write(application, "We name them.")
    assert "Submit the correction" in client.get(page_of(application, "submit")).content.decode()
    client.post(page_of(application, "submit"))
    assert Correction.objects.get().submission == Submission.objects.get(number=2)


def test_it_is_withdrawn_once_they_are_sure(
    client: Client, application: Application, writer: Person
) -> None:
    colleague = builders.grant(builders.person(), "applicant", application)
    page = client.post(page_of(application, "withdraw"), {"reason": "No time."}).content.decode()
    assert "Tick the box to withdraw" in page
    assert "No time." in page
    assert state_of(application) == "started"
    client.post(page_of(application, "withdraw"), {"reason": "No time.", "sure": "on"})
    assert state_of(application) == "withdrawn"
    assert application.changes.get().reason == "No time."
    assert {mail.to for mail in OutgoingMail.objects.all()} == {writer.email, colleague.email}
    page = client.get(application.get_absolute_url()).content.decode()
    assert "Withdrawn" in page
    assert "Check and submit" not in page
    for verb in ("withdraw", "submit", "take_back"):
        assert client.get(page_of(application, verb)).url == application.get_absolute_url()
    assert client.get(page_of(application, "preview")).status_code == 404


@pytest.mark.parametrize("action", [hand_in, take_back, withdraw])
def test_only_those_who_write_it_do_this(application: Application, action: Any) -> None:
    Application.objects.update(state="submitted" if action == take_back else "started")
    with pytest.raises(PermissionDenied):
        action(application=application, by=builders.staff(application.call.cohort.programme))


def test_the_preview_is_what_the_panel_reads(
    client: Client, application: Application, writer: Person
) -> None:
    write(application, "We meet.\n\nOften.")
    builders.support(
        application,
        answered_at=timezone.now(),
        is_confirmed=True,
        amount=10_000,
        words="With all my heart.",
    )
    page = client.get(page_of(application, "preview")).content.decode()
    for words in (
        "We meet.",
        "Often.",
        "Confirmed by Sue Sponsor",
        "£10,000",
        "With all my heart.",
    ):
        assert words in page
    assert "sue@example.org" not in page
    hand_in(application=application, by=writer)
    application.answers.update(value="Changed.")
    assert "Changed." not in client.get(page_of(application, "preview")).content.decode()


@pytest.fixture
def submission(application: Application, writer: Person) -> Submission:
    write(application)
    return hand_in(application=application, by=writer)


def test_the_receipt_is_made_and_fetched(
    client: Client, application: Application, submission: Submission, writer: Person
) -> None:
    receipt = reverse("programmes:receipt", args=[application.pk])
    job = Job.objects.get()
    assert client.post(receipt).url == reverse("documents:job", args=[job.pk])
    run_job(job.pk)
    fetched = client.post(receipt).url
    assert fetched == reverse("documents:job_file", args=[job.pk])
    response = client.get(fetched)
    assert response.getvalue().startswith(b"%PDF")
    assert "receipt-a1.pdf" in response["Content-Disposition"]


def test_a_colleague_gets_the_same_receipt_and_nobody_else(
    client: Client, application: Application, submission: Submission
) -> None:
    job = Job.objects.get()
    colleague = builders.grant(builders.person(), "applicant", application)
    own = ask_for_receipt(submission=submission, by=colleague)
    assert own != job  # the page of a job is for whoever asked
    run_job(job.pk)
    assert ask_for_receipt(submission=submission, by=colleague) == job
    path = reverse("documents:job_file", args=[job.pk])
    others = [
        (colleague, 200),
        (builders.staff(application.call.cohort.programme), 200),
        (builders.person(), 404),
        (Person.objects.get(pk=builders.application(application.call).started_by_id), 404),
    ]
    for person, status in others:
        visitor = Client()
        visitor.force_login(person)
        response = visitor.get(path)
        response.getvalue()
        assert response.status_code == status


def test_there_is_no_receipt_of_nothing(
    client: Client, application: Application, writer: Person
) -> None:
    assert client.post(reverse("programmes:receipt", args=[application.pk])).status_code == 404


def test_the_page_takes_as_many_queries_however_often_it_was_submitted(
    client: Client, application: Application, writer: Person, django_assert_num_queries: Any
) -> None:
    for times in (1, 4):
        for _ in range(times):
            write(application, f"Text {timezone.now()}")
            hand_in(application=application, by=writer)
            take_back(application=application, by=writer)
        hand_in(application=application, by=writer)
        with django_assert_num_queries(10):
            client.get(application.get_absolute_url())
        with django_assert_num_queries(8):
            client.get(page_of(application, "preview"))
        take_back(application=application, by=writer)


def test_a_time_is_said_in_the_time_zone_of_the_call(
    client: Client, application: Application, writer: Person
) -> None:
    Call.objects.update(time_zone="America/New_York")
    page = client.get(application.get_absolute_url()).content.decode()
    assert re.search(r"\d{1,2} \w+ \d{4}, \d\d:\d\d \(New York time\)", page)


def test_a_refusal_of_the_state_is_a_sentence(application: Application) -> None:
    writer = Person.objects.get(pk=application.started_by_id)
    Application.objects.update(state=ApplicationState.DECLINED)
    with pytest.raises(ValidationError):
        withdraw(application=application, by=writer)
