"""Writing a case study in a browser: autosave, a line that drops, and two people at once."""

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from pytest_django.live_server_helper import LiveServer

from accounts.models import Person
from evaluation.actions.sections import save_section
from evaluation.models import Draft, Section
from tests import builders
from tests.browser.harness import Visit
from tests.evaluation.sections import sections_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def section(visit: Visit) -> Section:
    study = builders.case_study()
    builders.excerpt(study.project, "We had to meet as people first.")
    return sections_of(study)[0]


@pytest.fixture
def writer(section: Section, visit: Visit) -> Person:
    someone = builders.evaluator(section.case_study.project.programme, name="Wanda Writer")
    visit.sign_in_as(someone)
    return someone


def saved_text(section: Section) -> str:
    section.refresh_from_db()
    return section.text


def status(page: Page):
    return page.locator("[data-autosave-status]")


def test_what_is_typed_is_saved_by_itself(page: Page, visit: Visit, section, writer) -> None:
    visit("evaluation:section", pk=section.pk)
    page.get_by_label("Text").fill("It began with a dinner.")
    expect(status(page)).to_contain_text("Saved at")
    assert saved_text(section) == "It began with a dinner."
    page.get_by_label("Text").fill("It began with a long dinner.")
    page.get_by_role("button", name="Save").click()
    expect(status(page)).to_contain_text("Saved at")
    assert saved_text(section) == "It began with a long dinner."


def test_a_line_that_drops_loses_nothing(page: Page, visit: Visit, section, writer) -> None:
    visit("evaluation:section", pk=section.pk)
    page.route("**/autosave/", lambda route: route.abort("internetdisconnected"))
    page.get_by_label("Text").fill("Typed in a tunnel.")
    expect(status(page)).to_contain_text("What you typed is still on this page")
    page.on("dialog", lambda dialog: dialog.dismiss())
    with page.expect_event("dialog") as warning:
        page.close(run_before_unload=True)
    assert warning.value.type == "beforeunload"
    expect(page.get_by_label("Text")).to_have_text("Typed in a tunnel.")
    page.unroute("**/autosave/")
    expect(status(page)).to_contain_text("Saved at")
    assert saved_text(section) == "Typed in a tunnel."
    visit.expected("ERR_INTERNET_DISCONNECTED")


def test_a_server_that_does_not_answer_is_asked_again(
    page: Page, visit: Visit, section, writer
) -> None:
    answers = iter([502, 302])

    def fail(route: Route) -> None:
        code = next(answers, 0)
        if code:
            route.fulfill(status=code, headers={"Location": "/"}, body="Bad gateway")
        else:
            route.continue_()

    visit("evaluation:section", pk=section.pk)
    page.route("**/autosave/", fail)
    page.get_by_label("Text").fill("Typed while Placework was started again.")
    expect(status(page)).to_contain_text("Placework does not answer")
    expect(status(page)).to_contain_text("You are signed out")
    expect(status(page)).to_contain_text("Saved at", timeout=15_000)
    assert saved_text(section) == "Typed while Placework was started again."
    visit.expected("502")


def test_who_signs_in_again_in_another_window_saves_what_was_typed(
    page: Page, visit: Visit, section, writer
) -> None:
    visit("evaluation:section", pk=section.pk)
    page.context.clear_cookies()
    page.get_by_label("Text").fill("Typed after a long lunch.")
    expect(status(page)).to_contain_text("You are signed out")
    visit.sign_in_as(builders.evaluator(section.case_study.project.programme))
    expect(status(page)).to_contain_text("sent again in 8 seconds", timeout=15_000)
    assert saved_text(section) == ""  # not under the name of somebody else
    visit.sign_in_as(writer)
    expect(status(page)).to_contain_text("Saved at", timeout=40_000)
    assert saved_text(section) == "Typed after a long lunch."
    visit.expected("403")


def test_two_people_at_once_lose_nothing(
    page: Page, visit: Visit, section, writer, browser: Browser, live_server: LiveServer
) -> None:
    second = browser.new_context().new_page()
    theirs = Visit(second, live_server.url)
    theirs.sign_in_as(builders.evaluator(section.case_study.project.programme, name="Sam Second"))
    visit("evaluation:section", pk=section.pk)
    theirs("evaluation:section", pk=section.pk)
    page.get_by_label("Text").fill("Wanda was here.")
    expect(status(page)).to_contain_text("Saved at")
    second.get_by_label("Text").fill("Sam was here.")
    expect(status(second)).to_contain_text("Wanda Writer saved this section")
    second.get_by_label("Text").fill("Sam was here twice.")
    expect(status(second)).to_contain_text("Wanda Writer saved this section")
    second.get_by_role("link", name="See the difference").click()
    both = "Wanda was here.Sam was here twice."
    expect(second.get_by_label("Text to save")).to_have_text(both)
    theirs.check()
    assert Draft.objects.get().text == "Sam was here twice."
    second.get_by_label("Text to save").fill("Wanda and Sam were here.")
    second.get_by_role("button", name="Save this text").click()
    expect(second.get_by_role("heading", name="Done")).to_be_visible()
    assert saved_text(section) == "Wanda and Sam were here."
    assert not Draft.objects.exists()
    theirs.expected("409")


def test_a_draft_survives_a_closed_browser(page: Page, visit: Visit, section, writer) -> None:
    visit("evaluation:section", pk=section.pk)
    other = builders.evaluator(section.case_study.project.programme)
    save_section(section=section, text="Somebody else.", based_on=0, by=other)
    page.get_by_label("Text").fill("Mine.")
    expect(status(page)).to_contain_text("kept as your draft")
    again = page.context.new_page()
    page.close()
    visit.on(again)("evaluation:section", pk=section.pk)
    again.get_by_role("link", name="Settle that draft").click()
    expect(again.get_by_label("Text to save")).to_have_text("Somebody else.Mine.")
    visit.expected("409")


def test_a_quote_is_placed_where_the_cursor_is(page: Page, visit: Visit, section, writer) -> None:
    visit("evaluation:section", pk=section.pk)
    text = page.get_by_label("Text")
    text.press_sequentially("Before.")
    text.press("Enter")
    text.press_sequentially("After.")
    text.press("ArrowUp")
    page.get_by_label("Coded to").select_option("")
    page.get_by_role("button", name="Show").click()
    page.get_by_role("button", name="Place this quote Q1").click()
    expect(text).to_have_text("Before.[Q1]After.")
    expect(status(page)).to_contain_text("Saved at")
    assert saved_text(section) == "Before.\n\n[Q1]\n\nAfter."
    assert section.placements.get().excerpt.reference == "Q1"


def test_quotes_that_did_not_come_are_chosen_on_a_page_of_their_own(
    page: Page, visit: Visit, section, writer
) -> None:
    def fail(route: Route) -> None:
        if "hx-request" in route.request.headers:
            route.abort("internetdisconnected")
        else:
            route.continue_()

    page.route("**/quotes/", fail)
    visit("evaluation:section", pk=section.pk)
    page.get_by_label("Text").fill("Before.")
    page.get_by_role("button", name="Save and choose a quote").click()
    page.get_by_role("button", name="Place this quote Q1").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert saved_text(section) == "Before.\n\n[Q1]\n"
    for complaint in ("ERR_INTERNET_DISCONNECTED", "htmx:"):
        visit.expected(complaint)


def test_without_javascript_the_quote_goes_to_the_end(
    page_without_javascript: Page, visit: Visit, section
) -> None:
    page = page_without_javascript
    plain = visit.on(page)
    plain.sign_in_as(builders.evaluator(section.case_study.project.programme))
    plain("evaluation:section", pk=section.pk)
    page.get_by_label("Text").fill("Before.")
    page.get_by_role("button", name="Save and choose a quote").click()
    page.get_by_role("button", name="Place this quote Q1").click()
    expect(page.get_by_role("heading", name="Done")).to_be_visible()
    assert saved_text(section) == "Before.\n\n[Q1]\n"
