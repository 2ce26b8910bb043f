"""A list page as people use it: searched, sorted and leafed through, with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from places.models import Place
from tests import builders
from tests.browser.harness import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def places(visit: Visit) -> None:
    Place.objects.bulk_create(
        Place(
            name=f"Place {number:02}", slug=f"many-{number}", region="North" if number % 2 else ""
        )
        for number in range(60)
    )
    builders.place("Birmingham")
    visit.sign_in_as(builders.staff(builders.programme()))
    visit("places:places")


@pytest.mark.usefixtures("places")
class TestWithScript:
    def test_a_search_replaces_the_results_alone_and_is_in_the_address(
        self, page: Page, visit: Visit
    ) -> None:
        heading = page.get_by_role("heading", level=1).element_handle()
        page.get_by_label("Search places").fill("birm")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_have_text("1 place")
        expect(page).to_have_url(f"{visit.server}/places/?q=birm&region=")
        assert heading.is_visible(), "the page was loaded again"
        visit.check()
        page.go_back()
        expect(page.get_by_role("status")).to_have_text("Places 1 to 25 of 61")

    def test_a_column_is_sorted_from_the_keyboard_and_keeps_the_focus(self, page: Page) -> None:
        name = page.get_by_role("columnheader", name="Place").get_by_role("link")
        for order in ("descending", "ascending"):
            name.focus()
            page.keyboard.press("Enter")
            expect(page.locator(f'th[aria-sort="{order}"]')).to_have_text("Place")
            expect(name).to_be_focused()

    def test_pages_keep_search_and_order(self, page: Page) -> None:
        page.get_by_label("Region").select_option("North")
        page.get_by_role("button", name="Search").click()
        expect(page.get_by_role("status")).to_have_text("Places 1 to 25 of 30")
        page.get_by_role("link", name="Next page").click()
        expect(page.get_by_role("status")).to_have_text("Places 26 to 30 of 30")
        expect(page.get_by_role("link", name="Page 2")).to_have_attribute("aria-current", "page")
        page.reload()
        expect(page.get_by_role("status")).to_have_text("Places 26 to 30 of 30")

    def test_a_place_opens_as_a_whole_page(self, page: Page) -> None:
        page.get_by_role("link", name="Birmingham").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Birmingham")
        expect(page.get_by_role("navigation", name="Menu")).to_be_visible()

    def test_a_list_is_downloaded(self, page: Page) -> None:
        with page.expect_download() as download:
            page.get_by_role("link", name="Excel").click()
        assert download.value.suggested_filename.startswith("places-")


def test_without_script(page_without_javascript: Page, visit: Visit) -> None:
    page = page_without_javascript
    builders.place("Birmingham")
    builders.place("Dudley")
    plain = visit.on(page)
    plain.sign_in_as(builders.staff(builders.programme()))
    plain("places:places")
    page.get_by_label("Search places").fill("dud")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("status")).to_have_text("1 place")
    page.get_by_role("link", name="Clear search and filters").click()
    expect(page.get_by_role("status")).to_have_text("2 places")
    page.get_by_role("columnheader", name="Place").get_by_role("link").click()
    expect(page.locator("tbody th").first).to_have_text("Dudley")
