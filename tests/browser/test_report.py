"""The evaluation report in a browser: its parts come to its page by themselves."""

import pytest
from playwright.sync_api import Page, expect

from evaluation.actions.sections import save_section
from programmes.models import Programme
from tests import builders
from tests.browser.harness import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def programme(visit: Visit) -> Programme:
    programme = builders.programme("Neighbourhoods", frame=builders.lens_version("Trust", "Money"))
    for number in range(12):
        project = builders.project(programme, place=builders.place(f"Place {number:02}"))
        builders.excerpt(project)
        section = builders.case_study(project).sections.get(dimension__name="Trust")
        text = f"It grew {number:02} times.\n\n[Q1]"
        save_section(section=section, text=text, based_on=0, by=builders.person())
    visit.sign_in_as(builders.staff(programme))
    return programme


def test_the_parts_come_to_the_page_and_the_rest_when_it_is_reached(
    page: Page, visit: Visit, programme: Programme
) -> None:
    visit("evaluation:report", slug=programme.slug)
    for heading in ("Case studies", "Sources", "Trust", "Money", "Evidence by dimension"):
        expect(page.get_by_role("heading", name=heading, level=2, exact=True)).to_be_visible()
    page.get_by_role("link", name="More places").last.scroll_into_view_if_needed()
    expect(page.get_by_text("It grew 11 times.")).to_be_visible()
    ids = page.locator("[id]").evaluate_all("found => found.map(each => each.id)")
    assert sorted(ids) == sorted(set(ids))


def test_a_quote_leads_to_its_entry_and_back(
    page: Page, visit: Visit, programme: Programme
) -> None:
    visit("evaluation:report", slug=programme.slug)
    page.locator(".attribution").get_by_role("link", name="Place 03 Q1", exact=True).click()
    entry = page.locator(":target")
    expect(entry).to_contain_text("E1, interview")
    entry.get_by_role("link", name="Place 03 Q1").click()
    expect(page.locator(":target")).to_contain_text("project partner, Place 03")
