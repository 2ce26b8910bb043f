"""People of a story that several play, each at a browser of their own, and the mail that they get."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, expect

from accounts.models import OutgoingMail, Person
from tests.browser.harness import HEIGHT, PATIENCE, WIDE, Visit


class Somebody(Visit):
    """One of the people in the story, at a browser of their own."""

    def goes_home(self) -> None:
        self.page.goto(self.server)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).click()

    def follow(self, name: str, *, exact: bool = True) -> None:
        self.page.get_by_role("link", name=name, exact=exact).first.click()

    def fill(self, label: str, words: str) -> None:
        """The field whose label begins so; what is not required says so behind it."""
        self.page.get_by_label(re.compile(f"^{re.escape(label)}")).fill(words)

    def reads(self, words: str) -> None:
        expect(self.page.get_by_role("main")).to_contain_text(words)

    def reads_nothing_of(self, words: str) -> None:
        expect(self.page.locator("body")).not_to_contain_text(words)

    def is_told(self, words: str) -> None:
        expect(self.page.locator(".govuk-notification-banner")).to_contain_text(words)

    def heading(self, words: str) -> None:
        expect(self.page.get_by_role("heading", level=1)).to_contain_text(words)

    def field(self) -> Locator:
        return self.page.get_by_role("main").get_by_role("textbox")


@contextmanager
def somebody(browser: Browser, server: str, person: Person | None = None) -> Iterator[Somebody]:
    """A new browser, signed in if it is somebody's who has signed in before."""
    context = browser.new_context(viewport={"width": WIDE, "height": HEIGHT}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    who = Somebody(context.new_page(), server)
    if person:
        who.sign_in_as(person)
    yield who
    context.close()
    assert who.wrong == [], "\n".join(who.wrong)


def mailed(to: str, pattern: str) -> str:
    found = re.search(pattern, OutgoingMail.objects.filter(to=to).latest("pk").text)
    assert found
    return found.group()


def link_for(to: str) -> str:
    return mailed(to, r"http://\S+")
