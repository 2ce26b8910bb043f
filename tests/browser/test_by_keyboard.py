"""The panel and the staff at their work by keyboard alone, and what becomes of it when they leave."""

import pytest
from django.urls import reverse
from playwright.sync_api import Dialog, Page, Route, expect

from accounts.models import Person
from accounts.roles import Role
from programmes.models import (
    ApplicationState,
    Call,
    Decision,
    PanelMember,
    Phase,
    Score,
    ScoreSheet,
    Standing,
)
from tests import builders
from tests.browser.harness import HEIGHT, NARROW, Visit
from tests.browser.keyboard import Keyboard
from tests.programmes.selection.deciding import met
from tests.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call() -> Call:
    call = builders.call(phase=Phase.SCORING)
    for name in ("Ayton", "Beeton", "Ceeton"):
        builders.application(call, name, ApplicationState.ELIGIBLE)
    return call


@pytest.fixture
def member(call: Call, visit: Visit) -> PanelMember:
    someone = builders.grant(builders.person("Mo"), Role.PANEL_MEMBER, call.cohort.programme)
    visit.sign_in_as(someone)
    return builders.panel_member(call, someone)


def of(call: Call, **more: object) -> dict[str, object]:
    return {"slug": call.cohort.programme.slug, "number": call.cohort.number, **more}


def test_a_member_declares_reads_and_scores(
    page: Page, visit: Visit, call: Call, member: PanelMember
) -> None:
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    keys = Keyboard(page)
    visit("programmes:reading", **of(call))
    keys.follow("declare your conflicts of interest")
    for name, label in (("Ayton", "No conflict"), ("Ceeton", "No conflict")):
        keys.check(page.get_by_role("group", name=name).get_by_label(label))
    own = page.get_by_role("group", name="Beeton")
    keys.check(own.get_by_label("I have or may have a conflict"))
    keys.fill(page.get_by_label("What the conflict with Beeton is"), "I live there.")
    keys.press("Declare")
    assert member.interests.filter(standing=Standing.TO_SETTLE).count() == 1
    visit("programmes:reading", **of(call))
    keys.follow("A1 Ayton")
    expect(page.get_by_text("We meet on Mondays.")).to_be_visible()
    keys.check(page.get_by_role("radio", name="4"))
    keys.fill(page.get_by_label("Comment", exact=True), "Clear.")
    keys.fill(page.get_by_label("Comment on the whole"), "Good.")
    keys.press("Submit scores")
    expect(page.get_by_role("heading", level=1)).to_contain_text("A3 Ceeton")  # what is next
    visit.check()
    score = Score.objects.get(value__isnull=False)
    assert (score.value, score.comment, score.sheet.comment) == (4, "Clear.", "Good.")


def declared(member: PanelMember) -> None:
    for application in member.call.applications.all():
        builders.interest(member, application)


def test_a_browser_that_is_closed_keeps_what_a_member_typed(
    page: Page, visit: Visit, call: Call, member: PanelMember
) -> None:
    declared(member)
    visit("programmes:score", **of(call, application=1))
    page.get_by_label("Comment on the whole").fill("Half a thought")
    page.get_by_role("radio", name="2").check()
    expect(page.locator("[data-autosave-status]")).to_contain_text("Not submitted yet.")
    again = page.context.new_page()
    page.close()
    there = visit.on(again)
    there("programmes:score", **of(call, application=1))
    expect(again.get_by_label("Comment on the whole")).to_have_value("Half a thought")
    expect(again.get_by_role("radio", name="2")).to_be_checked()
    there.check()
    again.get_by_role("button", name="Save as draft").click()
    expect(again.get_by_text("are saved as a draft")).to_be_visible()
    sheet = ScoreSheet.objects.get()
    assert (sheet.comment, sheet.unsaved) == ("Half a thought", {})


def test_who_leaves_in_the_middle_of_a_word_finds_it_again(
    page: Page, visit: Visit, call: Call, member: PanelMember
) -> None:
    declared(member)
    asked: list[str] = []

    def leave(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    visit("programmes:score", **of(call, application=1))
    page.get_by_label("Comment on the whole").press_sequentially("Half a w")
    visit("programmes:reading", **of(call))
    assert asked == ["beforeunload"]
    until(lambda: ScoreSheet.objects.filter(unsaved__comment="Half a w").exists())
    visit("programmes:score", **of(call, application=1))
    expect(page.get_by_label("Comment on the whole")).to_have_value("Half a w")


def test_who_leaves_while_the_page_saves_itself_finds_the_rest_again(
    page: Page, visit: Visit, call: Call, member: PanelMember
) -> None:
    declared(member)
    page.on("dialog", lambda dialog: dialog.accept())
    held: list[Route] = []
    page.route(
        "**/autosave/", lambda route: held.append(route), times=1
    )  # the first save does not get through
    visit("programmes:score", **of(call, application=1))
    comment = page.get_by_label("Comment on the whole")
    comment.press_sequentially("Half a ")
    expect(page.get_by_text("Saving…")).to_be_visible()
    comment.press_sequentially("word")
    visit("programmes:reading", **of(call))
    until(lambda: ScoreSheet.objects.filter(unsaved__comment="Half a word").exists())


def test_scores_can_be_submitted_while_the_page_saves_itself(
    page: Page, visit: Visit, call: Call, member: PanelMember
) -> None:
    declared(member)
    visit("programmes:score", **of(call, application=1))
    under_way: list[Route] = []
    page.route("**/autosave/", lambda route: under_way.append(route))
    page.get_by_label("Comment on the whole").fill("Good.")
    page.get_by_role("radio", name="5").check()
    expect(page.locator("[data-autosave-status]")).to_contain_text("Saving")
    page.get_by_role("button", name="Submit scores").click()
    for route in under_way:
        route.continue_()
    expect(page.get_by_text("Your scores of Ayton are submitted.")).to_be_visible()
    assert Score.objects.get(value__isnull=False).value == 5


@pytest.fixture
def staff(visit: Visit) -> Person:
    person = builders.staff(met().cohort.programme)
    visit.sign_in_as(person)
    return person


def test_staff_look_at_the_board_and_decide(page: Page, visit: Visit, staff: Person) -> None:
    call = Call.objects.get()
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    keys = Keyboard(page)
    visit("programmes:board", **of(call))
    page.goto(visit.server + reverse("programmes:decisions", kwargs=of(call)))
    for number, outcome in ((1, "Select"), (2, "Select"), (3, "Reserve"), (4, "Decline")):
        keys.select(page.locator(f"#outcome_{number}"), outcome)
    for number in (2, 3):
        keys.fill(page.locator(f"#reason_{number}"), "They have met for years.")
    keys.fill(page.locator("#order_3"), "1")
    keys.press("Save decisions")
    expect(page.locator(".placework-figures")).to_contain_text("2 selected")
    visit.check()
    outcomes = Decision.objects.order_by("application__number").values_list("outcome", flat=True)
    assert list(outcomes) == ["select", "select", "reserve", "decline"]
