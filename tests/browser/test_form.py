"""A page with every kind of field, in a real browser."""

import re

import pytest
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import engines
from django.urls import include, path
from playwright.sync_api import Page, expect

from accounts.forms.wording import Described, Form
from tests import builders
from tests.browser.harness import Visit

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]


class Sample(Form):
    name = forms.CharField(label="Full name", help_text="As on a letter", max_length=100)
    email = forms.EmailField(widget=forms.EmailInput(attrs={"autocomplete": "email"}))
    about = forms.CharField(widget=forms.Textarea(attrs={"rows": 5}), required=False)
    sector = forms.ChoiceField(choices=[("", "Select"), ("Public", [("nhs", "NHS")])])
    role = forms.ChoiceField(
        widget=forms.RadioSelect,
        choices=[("staff", Described("Staff", "Runs the programme")), ("enabler", "Enabler")],
    )
    roles = forms.MultipleChoiceField(
        widget=forms.CheckboxSelectMultiple, choices=[("a", "One"), ("b", "Another")]
    )
    started = forms.DateField(label="Start date")
    year = forms.IntegerField(min_value=1990)
    file = forms.FileField(required=False)
    agreed = forms.BooleanField(label="I agree", help_text="You can change your mind")


PAGE = """{% extends "base.html" %}
{% block title %}A form{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">A form</h1>
  <form method="post" enctype="multipart/form-data" novalidate>{% csrf_token %}{{ form }}
    <button class="govuk-button" data-module="govuk-button">Save</button>
  </form>
{% endblock %}"""


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    filled = Sample(request.POST or None, request.FILES or None)
    if filled.is_valid():
        return render(request, "404.html")
    return HttpResponse(engines["django"].from_string(PAGE).render({"form": filled}, request))


urlpatterns = [path("form", form), path("", include("config.urls"))]


def test_form_is_accessible_before_and_after_an_error(page: Page, visit: Visit) -> None:
    visit.sign_in_as(builders.staff(builders.programme()))
    visit("/form")
    visit.check()
    page.get_by_role("button", name="Save").click()
    expect(page).to_have_title(re.compile("^Error: A form"))
    visit.check()


def test_error_summary_takes_the_focus_and_leads_to_the_field(page: Page, visit: Visit) -> None:
    visit("/form")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    for sentence, field in [
        ("Enter the full name", "Full name"),
        ("Select a role", "Staff"),
        ("Select one or more roles", "One"),
        ("Tick “I agree” to go on", "I agree"),
    ]:
        page.get_by_role("link", name=sentence).click()
        expect(page.get_by_label(field, exact=True)).to_be_focused()


def test_form_can_be_sent_without_javascript(page_without_javascript: Page, visit: Visit) -> None:
    page = page_without_javascript
    visit.on(page)("/form")
    page.get_by_label("Full name").fill("Ada")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Full name")).to_have_value("Ada")
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    page.get_by_label("Email").fill("ada@example.org")
    page.get_by_label("Sector").select_option("nhs")
    page.get_by_label("Enabler").check()
    page.get_by_label("Another").check()
    page.get_by_label("Start date").fill("1 May 2026")
    page.get_by_label("Year").fill("2026")
    page.get_by_label("I agree").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Page not found")


def test_the_first_tab_stop_skips_to_the_content(page: Page, visit: Visit) -> None:
    visit.sign_in_as(builders.staff(builders.programme()))
    visit("/form")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Full name")).to_be_focused()


def test_the_tab_order_is_the_reading_order_and_the_focus_is_seen(page: Page, visit: Visit) -> None:
    visit("/form")
    page.locator("#id_name").focus()
    passed = []
    for _ in range(11):
        seen = page.evaluate(
            "() => { const s = getComputedStyle(document.activeElement);"
            " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' }"
        )
        passed.append(page.evaluate("document.activeElement.id || 'button'"))
        label = page.evaluate("document.activeElement.type")
        assert seen or label in ("radio", "checkbox"), passed  # those two draw it on their label
        page.keyboard.press("Tab")
    fields = ["name", "email", "about", "sector", "role_0", "roles_0", "roles_1", "started"]
    assert passed == [f"id_{name}" for name in [*fields, "year", "file", "agreed"]]


def test_a_refusal_by_the_policy_is_noticed(page: Page, visit: Visit) -> None:
    visit("/form")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    visit.expected("Content Security Policy")


def test_what_axe_finds_fails_a_test(page: Page, visit: Visit) -> None:
    visit("/form")
    page.evaluate("document.querySelector('label').remove()")
    with pytest.raises(AssertionError, match="label"):
        visit.check()


def test_a_page_that_is_too_wide_fails_a_test(page: Page, visit: Visit) -> None:
    visit("/form")
    page.evaluate("document.querySelector('h1').innerHTML = `<pre>${'long'.repeat(99)}</pre>`")
    with pytest.raises(AssertionError, match="wider than the window"):
        visit.check()


def test_a_link_to_nowhere_fails_a_test(page: Page, visit: Visit) -> None:
    visit("/form")
    page.evaluate("document.querySelector('.govuk-skip-link').href = '#gone'")
    with pytest.raises(AssertionError, match="#gone leads nowhere"):
        visit.check()


def test_a_focus_that_is_not_seen_fails_a_test(page: Page, visit: Visit) -> None:
    visit("/form")
    page.evaluate(
        """() => {
          const sheet = new CSSStyleSheet();
          sheet.replaceSync("#id_name { outline: none !important; box-shadow: none !important }");
          document.adoptedStyleSheets.push(sheet);
        }"""
    )
    with pytest.raises(AssertionError, match="the focus is not seen on"):
        visit.check()
