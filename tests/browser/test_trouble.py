"""Parts of a page that htmx fetches, when they do not come as expected."""

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template import engines
from django.urls import include, path
from playwright.sync_api import Page, expect

from tests.browser.harness import Visit

pytestmark = [pytest.mark.browser, pytest.mark.urls(__name__)]

PAGE = """{% extends "base.html" %}
{% block title %}Parts{% endblock %}
{% block content %}
  <h1 class="govuk-heading-l">Parts</h1>
  {% for part in parts %}
    <p><a class="govuk-link" hx-get="{{ part }}" hx-target="#part" href="{{ part }}">{{ part }}</a></p>
  {% endfor %}
  <div id="part"></div>
{% endblock %}"""


@login_not_required
def whole(request: HttpRequest) -> HttpResponse:
    page = engines["django"].from_string(PAGE)
    parts = ["well", "refused", "broken", "private", "gone"]
    return HttpResponse(page.render({"parts": parts}, request))


@login_not_required
def well(request: HttpRequest) -> HttpResponse:
    return HttpResponse("<p>All is well</p>")


@login_not_required
def refused(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


@login_not_required
def broken(request: HttpRequest) -> HttpResponse:
    return HttpResponseServerError("no")


def private(request: HttpRequest) -> HttpResponse:
    return HttpResponse("only for those who are signed in")


urlpatterns = [
    path("whole", whole),
    path("well", well),
    path("refused", refused),
    path("broken", broken),
    path("private", private),
    path("", include("config.urls")),
]


@pytest.mark.parametrize(
    ("part", "status", "sentence"),
    [
        ("refused", "403", "Your role does not allow this."),
        ("broken", "500", "This did not work, and it is our fault."),
        ("gone", "404", "This is no longer there."),
    ],
)
def test_a_part_that_fails_says_so_until_one_comes(
    part: str, status: str, sentence: str, page: Page, visit: Visit
) -> None:
    visit("/whole")
    page.get_by_role("link", name=part).click()
    expect(page.locator("#trouble")).to_contain_text(sentence)
    visit.check()
    page.get_by_role("link", name="well").click()
    expect(page.locator("#part")).to_have_text("All is well")
    expect(page.locator("#trouble")).to_be_empty()
    visit.expected(status)


def test_a_server_that_does_not_answer_is_told(page: Page, visit: Visit) -> None:
    visit("/whole")
    page.context.set_offline(True)
    page.get_by_role("link", name="well").click()
    expect(page.locator("#trouble")).to_contain_text("Placework cannot be reached")
    visit.expected("htmx:")
    visit.expected("ERR_INTERNET_DISCONNECTED")


def test_a_session_that_has_ended_leads_to_sign_in(page: Page, visit: Visit) -> None:
    visit("/whole")
    page.get_by_role("link", name="private").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Sign in")
