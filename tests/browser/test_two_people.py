"""Somebody else saves a place while its form is open in the browser."""

import pytest
from playwright.sync_api import Page, expect

from places.actions.places import change_place
from places.models import Place
from tests import builders
from tests.browser.harness import Visit

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_the_second_is_told_and_may_save_again(page: Page, visit: Visit) -> None:
    place = builders.place("Wigan", region="North")
    visit.sign_in_as(builders.staff(builders.programme()))
    visit("places:place_edit", slug=place.slug)
    change_place(place=place, by=builders.person("Ann"), region="North West", note="Two boroughs")
    page.get_by_label("Region").fill("North East")
    page.get_by_role("button", name="Save").click()

    summary = page.locator(".govuk-error-summary")
    expect(summary).to_contain_text("Ann changed this while you were editing: Region, Note")
    expect(page.get_by_label("Region")).to_have_value("North East")
    expect(page.get_by_label("Note")).to_have_value("Two boroughs")
    visit.check()
    summary.get_by_role("link").click()
    expect(page.get_by_label("Region")).to_be_focused()

    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Wigan was saved")
    saved = Place.objects.get(pk=place.pk)
    assert (saved.region, saved.note) == ("North East", "Two boroughs")
