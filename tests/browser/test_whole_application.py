"""From the list of open calls to the receipt: on a narrow screen, without JavaScript, in one go."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import OutgoingMail
from documents.actions.jobs import run_job
from documents.models import Job
from programmes.models import Application, Call, Submission, Support
from tests import builders
from tests.browser.harness import HEIGHT, NARROW
from tests.evaluation.extraction import files
from tests.programmes.walk_applications import QUESTIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call() -> Call:
    return builders.call(title="The call", questions=QUESTIONS, supporters=["sponsor"])


@pytest.fixture
def plain(page_without_javascript: Page) -> Page:
    page_without_javascript.set_viewport_size({"width": NARROW, "height": HEIGHT})
    return page_without_javascript


def mailed(to: str, pattern: str) -> str:
    found = re.search(pattern, OutgoingMail.objects.filter(to=to).latest("pk").text)
    assert found
    return found.group()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def start(page: Page, server: str) -> None:
    page.goto(f"{server}/programmes/calls/")
    page.get_by_role("link", name="The call").click()
    page.get_by_role("button", name="Start your application").click()
    page.get_by_label("E-mail address").fill("ada@example.org")
    page.get_by_label("Your full name").fill("Ada Asker")
    page.get_by_label("Place").fill("Wakefield")
    press(page, "E-mail me a link")
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your e-mail")
    page.goto(mailed("ada@example.org", r"http://\S+"))
    press(page, "Start")
    page.get_by_label("Code").fill(mailed("ada@example.org", r"[A-Z]{4}-[A-Z]{4}"))
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Wakefield")


def write(page: Page, letter: Path) -> None:
    page.get_by_role("link", name="Question 1?").click()
    go_on = "Save and go on"
    page.get_by_role("textbox").fill("We meet on Mondays.")
    press(page, go_on)
    page.get_by_role("textbox").fill("12")
    press(page, go_on)
    page.get_by_role("textbox").fill("£10,000")
    press(page, go_on)
    page.get_by_label("Two").check()
    press(page, go_on)
    page.get_by_label("Yes").check()
    press(page, go_on)
    page.get_by_label("Question 6?").set_input_files(letter)
    press(page, "Send this file")
    page.get_by_role("link", name="Go on").click()
    first = page.get_by_role("group", name="Partner 1")
    first.get_by_label("Organisation").fill("Age UK")
    first.get_by_label("Sector").select_option("Voluntary and community")
    press(page, go_on)


def ask_sponsor(page: Page) -> None:
    page.get_by_role("link", name="The sponsor").click()
    page.get_by_label("Full name").fill("Sue Sponsor")
    page.get_by_label("E-mail address").fill("sue@example.org")
    press(page, "Ask for their support")


def confirm(browser: Browser) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(mailed("sue@example.org", r"http://\S+"))
    expect(page.get_by_text("We meet on Mondays.")).to_be_visible()
    page.get_by_label("I confirm this").check()
    press(page, "Answer")
    expect(page.get_by_text("Thank you.")).to_be_visible()


def test_a_place_applies(
    plain: Page, browser: Browser, live_server: LiveServer, call: Call, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(files.pdf("We stand behind it."))
    start(plain, live_server.url)
    write(plain, letter)
    ask_sponsor(plain)
    confirm(browser)
    plain.goto(live_server.url + Application.objects.get().get_absolute_url())
    plain.get_by_role("button", name="Check and submit").click()
    press(plain, "Submit the application")
    expect(plain.get_by_text("Your application is submitted.")).to_be_visible()
    submission = Submission.objects.get()
    assert submission.answers["money"] == "10000.00"
    assert Support.objects.get().is_confirmed
    run_job(Job.objects.get(kind="programmes.receipt").pk)
    with plain.expect_download() as download:
        press(plain, "Get the receipt (PDF)")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
