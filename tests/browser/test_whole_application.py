"""From the list of open calls to the receipt: at 320 pixels, without JavaScript, by keyboard alone.

Every page on the way is looked at by axe too, in a browser of the same person.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import OutgoingMail
from documents.actions.jobs import run_job
from documents.models import Job
from programmes.models import Application, ApplicationState, Call, Submission, Support
from tests import builders
from tests.browser.harness import HEIGHT, NARROW, PATIENCE, Visit
from tests.browser.keyboard import Keyboard
from tests.evaluation.extraction import files
from tests.programmes.walk_applications import QUESTIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GO_ON = "Save and go on"


@pytest.fixture
def call() -> Call:
    return builders.call(title="The call", questions=QUESTIONS, supporters=["sponsor"])


@pytest.fixture
def plain(page_without_javascript: Page) -> Page:
    page_without_javascript.set_viewport_size({"width": NARROW, "height": HEIGHT})
    return page_without_javascript


@pytest.fixture
def other_context(browser: Browser) -> Iterator[BrowserContext]:
    """Of somebody else, at another machine."""
    context = browser.new_context(
        viewport={"width": NARROW, "height": HEIGHT}, java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


class Looker:
    """Opens what a page without scripts shows in a page with scripts, for axe to run in."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit

    def look(self, page: Page) -> None:
        self.visit.page.context.clear_cookies()
        cookies = page.context.cookies()
        self.visit.page.context.add_cookies(cookies)  # type: ignore[arg-type]
        self.visit(page.url.removeprefix(self.visit.server))
        self.visit.check()


@pytest.fixture
def looker(visit: Visit) -> Looker:
    return Looker(visit)


def mailed(to: str, pattern: str) -> str:
    found = re.search(pattern, OutgoingMail.objects.filter(to=to).latest("pk").text)
    assert found
    return found.group()


def heading(page: Page, text: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_contain_text(text)


def start(page: Page, server: str, looker: Looker) -> None:
    keys = Keyboard(page)
    page.goto(f"{server}/programmes/calls/")
    looker.look(page)
    keys.follow("The call")
    looker.look(page)
    keys.follow("Start your application", role="button")
    looker.look(page)
    keys.fill(page.get_by_label("E-mail address"), "ada@example.org")
    keys.fill(page.get_by_label("Your full name"), "Ada Asker")
    keys.fill(page.get_by_label("Place"), "Wakefield")
    keys.press("E-mail me a link")
    heading(page, "Look into your e-mail")
    page.goto(mailed("ada@example.org", r"http://\S+"))
    looker.look(page)
    keys.press("Start")
    sign_in(page, "ada@example.org")
    heading(page, "Wakefield")
    looker.look(page)


def sign_in(page: Page, email: str) -> None:
    keys = Keyboard(page)
    keys.fill(page.get_by_label("Code"), mailed(email, r"[A-Z]{4}-[A-Z]{4}"))
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Page, letter: Path, looker: Looker) -> None:
    keys = Keyboard(page)
    keys.follow("Question 1?")
    looker.look(page)
    keys.fill(page.get_by_role("textbox"), "We meet on Mondays.")
    keys.press(GO_ON)
    keys.fill(page.get_by_role("textbox"), "12")
    keys.press(GO_ON)
    keys.fill(page.get_by_role("textbox"), "£10,000")
    keys.press(GO_ON)
    keys.check(page.get_by_label("Two"))
    keys.press(GO_ON)
    keys.check(page.get_by_label("Yes"))
    keys.press(GO_ON)
    page.get_by_label("Question 6?").set_input_files(letter)  # the browser's own window
    keys.press("Send this file")
    looker.look(page)
    keys.follow("Go on")
    first = page.get_by_role("group", name="Partner 1")
    keys.fill(first.get_by_label("Organisation"), "Age UK")
    keys.select(first.get_by_label("Sector"), "Vol")
    looker.look(page)
    keys.press(GO_ON)


def invite(page: Page) -> None:
    keys = Keyboard(page)
    keys.follow("Colleagues who write with you")
    keys.fill(page.get_by_label("Full name"), "Cora Colleague")
    keys.fill(page.get_by_label("E-mail address"), "cora@example.org")
    keys.press("Invite")


def join(page: Page) -> None:
    keys = Keyboard(page)
    page.goto(mailed("cora@example.org", r"http://\S+"))
    keys.press("Accept")
    sign_in(page, "cora@example.org")
    page.goto(page.url.split("/accounts")[0] + Application.objects.get().get_absolute_url())
    keys.follow("Question 1?")
    keys.fill(page.get_by_role("textbox"), "We meet on Mondays and Fridays.")
    keys.press(GO_ON)
    heading(page, "Question 2 of 7")


def ask_sponsor(page: Page, looker: Looker) -> None:
    keys = Keyboard(page)
    keys.follow("The sponsor")
    looker.look(page)
    keys.fill(page.get_by_label("Full name"), "Sue Sponsor")
    keys.fill(page.get_by_label("E-mail address"), "sue@example.org")
    keys.press("Ask for their support")


def confirm(page: Page, looker: Looker) -> None:
    keys = Keyboard(page)
    page.goto(mailed("sue@example.org", r"http://\S+"))
    looker.look(page)
    expect(page.get_by_text("We meet on Mondays and Fridays.")).to_be_visible()
    keys.check(page.get_by_label("I confirm this"))
    keys.press("Answer")
    expect(page.get_by_text("Thank you.")).to_be_visible()


def hand_in(page: Page, looker: Looker) -> None:
    keys = Keyboard(page)
    keys.follow("Read it as the panel will")
    expect(page.get_by_text("We meet on Mondays and Fridays.")).to_be_visible()
    looker.look(page)
    page.go_back()
    keys.follow("Check and submit", role="button")
    looker.look(page)
    keys.press("Submit the application")
    expect(page.get_by_text("Your application is submitted.")).to_be_visible()


def withdraw(page: Page, looker: Looker) -> None:
    keys = Keyboard(page)
    keys.follow("Withdraw the application")
    looker.look(page)
    keys.press("Withdraw")
    expect(page.get_by_role("link", name="Tick the box to withdraw")).to_be_visible()
    keys.fill(page.get_by_label("Why"), "No time.")
    keys.check(page.get_by_label("Withdraw this application for good"))
    keys.press("Withdraw")
    expect(page.get_by_text("Your application is withdrawn.")).to_be_visible()
    looker.look(page)


def test_a_place_applies(
    plain: Page,
    other_context: BrowserContext,
    looker: Looker,
    live_server: LiveServer,
    call: Call,
    tmp_path: Path,
) -> None:
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(files.pdf("We stand behind it."))
    start(plain, live_server.url, looker)
    home = live_server.url + Application.objects.get().get_absolute_url()
    write(plain, letter, looker)
    invite(plain)
    join(other_context.new_page())
    plain.goto(home)
    ask_sponsor(plain, looker)
    other_context.clear_cookies()
    confirm(other_context.new_page(), looker)
    plain.goto(home)
    hand_in(plain, looker)
    submission = Submission.objects.get()
    assert submission.answers["money"] == "10000.00"
    assert Support.objects.get().is_confirmed
    run_job(Job.objects.get(kind="programmes.receipt").pk)
    Keyboard(plain).reach(plain.get_by_role("button", name="Get the receipt (PDF)"))
    with plain.expect_download() as download:
        plain.keyboard.press("Enter")
    assert Path(download.value.path()).read_bytes().startswith(b"%PDF")
    withdraw(plain, looker)
    assert Application.objects.get().state == ApplicationState.WITHDRAWN
    assert Submission.objects.exists()  # what was handed in stays
