"""Writing an application in a browser: by itself, by two at once, by keyboard, without a script."""

import re

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from accounts.roles import Role
from programmes.answers.words import SPACES, count_words
from programmes.models import Answer, AnswerDraft, Application
from tests import builders
from tests.browser.harness import Visit
from tests.programmes.walk_applications import QUESTIONS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def application() -> Application:
    return builders.application(builders.call(questions=QUESTIONS), "Wakefield")


@pytest.fixture
def writer(application: Application, visit: Visit) -> Person:
    person = Person.objects.get(pk=application.started_by_id)
    visit.sign_in_as(person)
    return person


def status(page: Page) -> Locator:
    return page.locator("[data-autosave-status]")


def saved(application: Application, key: str) -> object:
    return Answer.objects.get(application=application, key=key).value


def test_what_is_typed_is_saved_by_itself(
    page: Page, visit: Visit, application: Application, writer: Person
) -> None:
    visit("programmes:answer", pk=application.pk, key="text")
    page.get_by_role("textbox").fill("We meet on Mondays.")
    expect(status(page)).to_contain_text("Saved at")
    assert saved(application, "text") == "We meet on Mondays."
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2 of 7")
    page.get_by_role("textbox").fill("lots")
    expect(status(page)).to_contain_text("Not saved yet. Enter a number, like 12.5.")
    page.get_by_role("textbox").fill("1,200")
    expect(status(page)).to_contain_text("Saved at")
    assert saved(application, "number") == "1200"
    visit.expected("422")


def test_a_choice_and_a_table_are_saved_too(
    page: Page, visit: Visit, application: Application, writer: Person
) -> None:
    visit("programmes:answer", pk=application.pk, key="choice")
    page.get_by_label("Two").check()
    expect(status(page)).to_contain_text("Saved at")
    assert saved(application, "choice") == "Two"
    visit("programmes:answer", pk=application.pk, key="partners")
    second = page.get_by_role("group", name="Partner 2")
    second.get_by_label("Organisation").fill("Age UK")
    expect(status(page)).to_contain_text("Partner 1: enter its sector.")
    second.get_by_label("Sector").select_option("Voluntary and community")
    expect(status(page)).not_to_contain_text("enter its sector")
    page.get_by_role("button", name="Save and add more partners").click()
    expect(page.get_by_role("group", name="Partner 7")).to_be_visible()
    row = {"organisation": "Age UK", "sector": "voluntary", "part": ""}
    assert saved(application, "partners") == [row]


def test_words_are_counted_as_the_server_counts_them(
    page: Page, visit: Visit, application: Application, writer: Person
) -> None:
    visit("programmes:answer", pk=application.pk, key="text")
    spaces = [chr(code) for code in range(0x3001) if re.match(f"[{SPACES}]", chr(code))]
    odd = ["\u0085", "\u200b", "\u001f", "\u180e", "\ufeff"]
    for text in ("", "one", " two  words ", f"a{'b'.join(spaces + odd)}c", "word " * 101):
        page.get_by_role("textbox").fill(text)
        left = 100 - count_words(text)
        words = (
            f"{abs(left)} word{'' if abs(left) == 1 else 's'} {'left' if left >= 0 else 'too many'}"
        )
        expect(page.locator("#words-left")).to_have_text(f"You have {words}")
    expect(status(page)).to_contain_text("Shorten your answer to 100 words or fewer")


def test_a_line_that_drops_loses_nothing(
    page: Page, visit: Visit, application: Application, writer: Person
) -> None:
    visit("programmes:answer", pk=application.pk, key="text")
    page.route("**/autosave/", lambda route: route.abort("internetdisconnected"))
    page.get_by_role("textbox").fill("Typed in a tunnel.")
    page.get_by_role("button", name="Save and go on").click()
    expect(status(page)).to_contain_text("What you typed is still on this page")
    page.unroute("**/autosave/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2 of 7")
    assert saved(application, "text") == "Typed in a tunnel."
    visit.expected("ERR_INTERNET_DISCONNECTED")


def test_who_signs_in_again_in_another_window_saves_what_was_typed(
    page: Page, visit: Visit, application: Application, writer: Person
) -> None:
    visit("programmes:answer", pk=application.pk, key="text")
    page.context.clear_cookies()
    page.get_by_role("textbox").fill("Typed after a long lunch.")
    expect(status(page)).to_contain_text("You are signed out")
    visit.sign_in_as(writer)
    expect(status(page)).to_contain_text("Saved at", timeout=40_000)
    assert saved(application, "text") == "Typed after a long lunch."
    visit.expected("403")


def test_two_people_at_once_lose_nothing(
    page: Page,
    visit: Visit,
    application: Application,
    writer: Person,
    browser: Browser,
    live_server: LiveServer,
) -> None:
    second = browser.new_context().new_page()
    theirs = Visit(second, live_server.url)
    theirs.sign_in_as(builders.grant(builders.person("Sam"), Role.APPLICANT, application))
    for each in (visit, theirs):
        each("programmes:answer", pk=application.pk, key="text")
    page.get_by_role("textbox").fill("Wanda was here.")
    expect(status(page)).to_contain_text("Saved at")
    second.get_by_role("textbox").fill("Sam was here.")
    expect(status(second)).to_contain_text("What you type is kept as your draft")
    second.get_by_role("link", name="See the difference").click()
    expect(second.get_by_role("textbox")).to_have_value("Wanda was here.\n\nSam was here.")
    theirs.check()
    second.get_by_role("textbox").fill("Wanda and Sam were here.")
    second.get_by_role("button", name="Save this answer").click()
    expect(second.get_by_role("heading", name="Done")).to_be_visible()
    assert saved(application, "text") == "Wanda and Sam were here."
    assert not AnswerDraft.objects.exists()
    theirs.expected("409")


def test_it_can_be_written_by_keyboard_alone(
    page: Page, visit: Visit, application: Application, writer: Person
) -> None:
    visit("programmes:application", pk=application.pk)
    first = page.get_by_role("link", name="Question 1?")
    while not first.evaluate("link => link === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.get_by_role("textbox")
    while not field.evaluate("field => field === document.activeElement"):
        page.keyboard.press("Tab")
    page.keyboard.type("Typed.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2 of 7")
    assert saved(application, "text") == "Typed."


def test_it_can_be_written_without_javascript(
    page_without_javascript: Page, visit: Visit, application: Application
) -> None:
    page = page_without_javascript
    plain = visit.on(page)
    plain.sign_in_as(Person.objects.get(pk=application.started_by_id))
    plain("programmes:application", pk=application.pk)
    page.get_by_role("link", name="Question 1?").click()
    page.get_by_role("textbox").fill("Typed.")
    page.get_by_role("button", name="Save and go on").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2 of 7")
    assert saved(application, "text") == "Typed."


def test_who_closes_the_page_in_the_middle_of_a_word_finds_it_again(
    page: Page, visit: Visit, application: Application, writer: Person
) -> None:
    page.on("dialog", lambda dialog: dialog.accept())
    visit("programmes:answer", pk=application.pk, key="text")
    page.get_by_role("textbox").press_sequentially("We meet on Mon")
    visit("programmes:application", pk=application.pk)
    visit("programmes:answer", pk=application.pk, key="text")
    expect(page.get_by_role("textbox")).to_have_value("We meet on Mon")


def test_who_never_stops_typing_is_saved_meanwhile(
    page: Page, visit: Visit, application: Application, writer: Person
) -> None:
    page.clock.install()
    visit("programmes:answer", pk=application.pk, key="text")
    for letter in "We meet on Mondays and on":
        page.get_by_role("textbox").press_sequentially(letter)
        page.clock.run_for(1000)  # less than the pause after which a text is saved
    expect(status(page)).to_contain_text("Saved at")
    assert str(saved(application, "text")).startswith("We meet")
