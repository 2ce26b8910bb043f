"""Chromium for tests marked `browser`.

    @pytest.mark.browser
    def test_a_place_is_named(page: Page, visit: Visit) -> None:
        visit.sign_in_as(builders.staff(programme))
        visit("places:place_create")
        page.get_by_label("Name").fill("Wakefield")
        ...
        visit.check()   # axe at both widths, no sideways scrolling, every summary link resolves

A test fails if the browser reports anything in its console, a refusal by the content security policy
among it; one that provokes an error itself says so: `visit.expected("404")`.

`page_without_javascript` is a page of a browser that runs no script; pass it to `Visit.on`.
"""

import os
import shutil
from collections.abc import Iterator
from importlib import import_module

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.urls import reverse
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from tests.browser.accessibility import faults_of, links_to_nowhere

WIDE, NARROW = 1280, 320
HEIGHT = 900
PATIENCE = 30_000  # milliseconds; only a failing test waits as long, on a machine that is busy
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
HOW_TO_GET_CHROMIUM = (
    "No Chromium was found, so these browser tests were not run. Install it, for example with"
    " `sudo apt-get install chromium`, or set CHROMIUM to the path of a Chromium or Chrome."
)
NOT_RUN = "no Chromium"


def chromium() -> str:
    """The path of a Chromium on this machine, or nothing."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    found = (shutil.which(name) for name in names)
    return os.environ.get("CHROMIUM") or next(filter(None, found), "")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    if chromium():
        return
    for item in items:
        if item.get_closest_marker("browser"):
            item.add_marker(pytest.mark.skip(reason=NOT_RUN))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """From the reports, which arrive here from several processes too."""
    skipped = terminalreporter.stats.get("skipped", [])
    if not_run := [report.nodeid for report in skipped if NOT_RUN in str(report.longrepr)]:
        terminalreporter.section("browser tests not run")
        for name in not_run:
            terminalreporter.line(name)
        terminalreporter.line(HOW_TO_GET_CHROMIUM)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One for each module: Playwright's event loop must not run on beneath other tests."""
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # because of that loop; no query is async
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": WIDE, "height": HEIGHT}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def page_without_javascript(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": WIDE, "height": HEIGHT}, java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


class Visit:
    """Somebody at a browser: opens pages by name, and is watched for what goes wrong."""

    def __init__(self, page: Page, server: str) -> None:
        self.page = page
        self.server = server
        self.wrong: list[str] = []
        page.on("console", self._listen)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))

    def _listen(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"{message.text} ({message.location.get('url', '')})")

    def on(self, page: Page) -> "Visit":
        """The same server, seen from another page."""
        return Visit(page, self.server)

    def expected(self, words: str) -> None:
        """Forget complaints with these words, and fail if there was none."""
        assert any(words in wrong for wrong in self.wrong), (words, self.wrong)
        self.wrong = [wrong for wrong in self.wrong if words not in wrong]

    def __call__(self, name: str, **arguments: object) -> None:
        """Open a page by its URL name, or by its path."""
        path = name if name.startswith("/") else reverse(name, kwargs=arguments)
        self.page.goto(self.server + path)
        if self.page.locator("[hx-trigger~=load]").count():
            self.page.wait_for_load_state("networkidle")

    def sign_in_as(self, person: Person) -> None:
        """By a session of its own, without the sign-in page."""
        session = import_module(settings.SESSION_ENGINE).SessionStore()
        session[SESSION_KEY] = str(person.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = person.get_session_auth_hash()
        session.create()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key or ""}
        self.page.context.add_cookies([{**cookie, "url": self.server}])  # type: ignore[typeddict-item]

    def check(self) -> None:
        """The page as it stands now, at both widths, leaves nothing to complain of.

        A click returns when the server begins to answer: the next page is there then, but may be empty.
        """
        self.page.wait_for_load_state()
        found = []
        for width in (WIDE, NARROW):
            self.page.set_viewport_size({"width": width, "height": HEIGHT})
            found += [f"at {width} pixels: {fault}" for fault in faults_of(self.page)]
        found += links_to_nowhere(self.page)
        self.page.set_viewport_size({"width": WIDE, "height": HEIGHT})
        assert found == [], "\n".join([self.page.url, *found])


@pytest.fixture
def visit(page: Page, live_server: LiveServer) -> Iterator[Visit]:
    """For tests that make their own rows; the database is emptied after each."""
    visit = Visit(page, live_server.url)
    yield visit
    assert visit.wrong == [], "\n".join(visit.wrong)
