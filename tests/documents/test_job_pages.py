"""What the page of a job says at each moment, and who may see it and its file."""

import re

import pytest
from django.core.files.storage import default_storage
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, Person
from documents.actions.jobs import request_job, run_job
from documents.locks import hold
from documents.models import Job
from documents.queries.jobs import jobs_about
from tests import builders
from tests.documents import kinds

pytestmark = pytest.mark.django_db
POLL = {"HX-Request": "true"}


@pytest.fixture
def person() -> Person:
    return builders.person("Ada Okafor")


@pytest.fixture
def page(client: Client, person: Person) -> Client:
    client.force_login(person)
    return client


def asked(person: Person, kind: str = "tests.letter", **row: object) -> Job:
    job = request_job(kind, by=person)
    Job.objects.filter(pk=job.pk).update(**row)
    return job


def address(job: Job, name: str = "job") -> str:
    return reverse(f"documents:{name}", args=[job.pk])


def test_waiting_is_polled_and_can_be_refreshed_without_script(page, person):
    html = page.get(address(asked(person, message_sent_at=timezone.now()))).content.decode()
    assert "Waiting for its turn" in html
    assert 'hx-trigger="every 1s"' in html
    assert re.search(r"<noscript>.*Refresh</a>", html, re.S)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({}, "The queue does not answer at the moment"),
        ({"status": "running", "attempts": 1}, "It will start again by itself"),
    ],
)
def test_it_never_claims_to_run_when_nobody_runs_it(page, person, row, sentence):
    html = page.get(address(asked(person, **row))).content.decode()
    assert sentence in html
    assert "<progress" not in html


def test_running_shows_how_far_and_with_what(page, person):
    job = asked(person, status="running", attempts=1, steps=2000, steps_done=500, doing="Drawing")
    with hold(job.pk):
        html = page.get(address(job)).content.decode()
    assert "Drawing (500 of 2,000)" in html
    assert re.search(r'<progress [^>]*max="2000" value="500"', html)


def test_a_poll_answers_only_what_is_new(page, person):
    job = asked(person, message_sent_at=timezone.now())
    seen = page.get(address(job)).context["seen"]
    assert page.get(address(job), {"seen": seen}, headers=POLL).status_code == 204
    run_job(job.pk)
    html = page.get(address(job), {"seen": seen}, headers=POLL).content.decode()
    assert "<title>Done: Letter" in html
    assert 'hx-swap-oob="innerHTML:#standing"' in html
    assert "hx-trigger" not in html


def test_progress_alone_is_not_announced_again(page, person):
    job = asked(person, status="running", attempts=1, steps=9)
    with hold(job.pk):
        seen = page.get(address(job)).context["seen"]
        Job.objects.filter(pk=job.pk).update(steps_done=3)
        html = page.get(address(job), {"seen": seen}, headers=POLL).content.decode()
    assert "3 of 9" in html
    assert "hx-swap-oob" not in html


def test_done_offers_the_file(page, person):
    job = asked(person)
    run_job(job.pk)
    assert address(job, "job_file") in page.get(address(job)).content.decode()
    response = page.get(address(job, "job_file"))
    assert response.getvalue() == b"Dear reader"
    assert response["Content-Type"] == "text/plain"
    assert "filename*=utf-8''Gr%C3%BC%C3%9Fe" in response["Content-Disposition"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "private" in response["Cache-Control"]


def test_done_without_a_file_leads_on(page, person):
    job = asked(person, "tests.no_file")
    run_job(job.pk)
    html = page.get(address(job)).content.decode()
    assert "12 rows." in html
    assert 'href="/places/"' in html
    assert page.get(address(job, "job_file")).status_code == 404


def test_failed_says_why_and_can_be_tried_again(page, person):
    job = asked(person, "tests.refused", parameters={"type": "full"})
    run_job(job.pk)
    assert "Write some first." in page.get(address(job)).content.decode()
    response = page.post(address(job, "job_again"))
    again = Job.objects.exclude(pk=job.pk).get()
    assert response.url == address(again)
    assert (again.kind, again.parameters, again.status) == (job.kind, {"type": "full"}, "queued")


def test_what_is_still_to_come_is_not_asked_for_twice(page, person):
    job = asked(person)
    assert page.post(address(job, "job_again")).url == address(job)
    assert Job.objects.count() == 1


def test_a_file_that_is_gone_is_said_to_be_gone(page, person):
    job = asked(person)
    run_job(job.pk)
    job.refresh_from_db()
    default_storage.delete(job.result_file)
    response = page.get(address(job, "job_file"))
    assert response.status_code == 404
    assert "no longer stored" in response.content.decode()
    assert "Try again" in response.content.decode()


def test_a_kind_that_is_gone_cannot_be_tried_again(page, person):
    job = asked(person, status="failed", error_for_people="It broke.")
    Job.objects.update(kind="tests.gone")
    assert "Try again" not in page.get(address(job)).content.decode()
    response = page.post(address(job, "job_again"), follow=True)
    assert "no longer makes documents of this kind" in response.content.decode()
    assert Job.objects.count() == 1


def test_a_file_that_is_gone_with_its_kind_is_said_to_be_gone(page, person):
    job = asked(person)
    run_job(job.pk)
    Job.objects.update(kind="tests.gone", result_file="nowhere")
    html = page.get(address(job, "job_file")).content.decode()
    assert "no longer makes documents of this kind" in html
    assert "Try again" not in html


def test_a_job_is_its_askers_alone(client, person):
    job = asked(person)
    run_job(job.pk)
    client.force_login(builders.person())
    assert client.get(address(job)).status_code == 404
    assert client.post(address(job, "job_again")).status_code == 404
    assert client.get(address(job, "job_file")).status_code == 404


def test_the_file_is_for_all_who_have_what_its_kind_needs_and_only_them(client):
    programme = builders.programme()
    asker, colleague = builders.evaluator(programme), builders.staff(programme)
    job = request_job("tests.report", by=asker, subject=programme)
    run_job(job.pk)
    client.force_login(colleague)
    assert client.get(address(job)).status_code == 404
    assert client.get(address(job, "job_file")).getvalue() == f"Report of {programme}".encode()
    Membership.objects.filter(person=asker).delete()
    client.force_login(asker)
    assert client.get(address(job)).status_code == 404
    assert client.get(address(job, "job_file")).status_code == 404


def test_the_list_of_files_says_who_when_revision_and_size(rf, person):
    place = builders.place()
    run_job(request_job("tests.letter", by=person, subject=place).pk)
    request_job("tests.letter", by=person, subject=place)
    request = rf.get("/")
    request.user = person
    html = render_to_string(
        "documents/files.html",
        {"jobs": jobs_about(place, kinds=["tests.letter"]), "caption": "Letters"},
        request,
    )
    assert "Grüße &amp; more.txt" in html
    assert "Ada Okafor" in html
    assert "11" in html
    assert "7</td>" in html
    assert "Letter</a>: queued" in html
    assert kinds.letter
