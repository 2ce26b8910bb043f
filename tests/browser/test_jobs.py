"""The page of a job in a browser: it follows the job by itself, and without script by a link."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from documents.actions.jobs import request_job, run_job
from documents.locks import hold
from documents.models import Job
from tests import builders
from tests.browser.harness import Visit
from tests.documents import kinds

pytestmark = pytest.mark.browser


@pytest.fixture
def job(transactional_db: None) -> Job:
    assert kinds.letter
    job = request_job("tests.letter", by=builders.person("Ada Okafor"))
    Job.objects.filter(pk=job.pk).update(message_sent_at=timezone.now())
    return job


def test_the_page_follows_the_job_to_its_file(page: Page, visit: Visit, job: Job) -> None:
    visit.sign_in_as(job.requested_by)
    visit("documents:job", pk=job.pk)
    status = page.get_by_role("status")
    expect(status).to_have_text("Waiting for its turn.")
    with hold(job.pk):
        Job.objects.filter(pk=job.pk).update(
            status="running", attempts=1, steps=40, steps_done=10, doing="Setting the pages"
        )
        expect(status).to_have_text("Running.")
        bar = page.get_by_role("progressbar", name="Setting the pages (10 of 40)")
        expect(bar).to_have_attribute("value", "10")
        visit.check()
    expect(status).to_have_text("This was interrupted. It will start again by itself.")
    run_job(job.pk)
    expect(status).to_have_text("Done. One letter.")
    expect(page).to_have_title(re.compile("^Done: Letter"))
    with page.expect_download() as download:
        page.get_by_role("link", name="Download").click()
    assert download.value.suggested_filename == "Grüße & more.txt"
    visit.check()


def test_without_script_a_link_shows_how_far_it_is(
    page_without_javascript: Page, visit: Visit, job: Job
) -> None:
    plain = visit.on(page_without_javascript)
    plain.sign_in_as(job.requested_by)
    plain("documents:job", pk=job.pk)
    expect(plain.page.get_by_role("status")).to_have_text("Waiting for its turn.")
    run_job(job.pk)
    plain.page.get_by_role("link", name="Refresh").click()
    expect(plain.page.get_by_role("status")).to_have_text("Done. One letter.")
    assert plain.wrong == []


def test_what_failed_is_tried_again_by_keyboard(page: Page, visit: Visit, job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(kind="tests.refused")
    run_job(job.pk)
    visit.sign_in_as(job.requested_by)
    visit("documents:job", pk=job.pk)
    expect(page.get_by_role("status")).to_contain_text("Write some first.")
    visit.check()
    page.get_by_role("button", name="Try again").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{job.pk + 1}/")
    expect(page.get_by_role("status")).to_have_text("Waiting for its turn.")
