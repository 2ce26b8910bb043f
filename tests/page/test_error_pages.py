"""What people see when something is wrong: a sentence that says what to do next."""

from collections.abc import Callable

import pytest
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.test import Client
from django.urls import include, path

pytestmark = [pytest.mark.urls(__name__), pytest.mark.django_db]


def raising(error: Exception) -> Callable[[HttpRequest], HttpResponse]:
    @login_not_required
    def view(request: HttpRequest) -> HttpResponse:
        raise error

    return view


@login_not_required
def form(request: HttpRequest) -> HttpResponse:
    return HttpResponse("sent")


@login_not_required
def too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


urlpatterns = [
    path("400", raising(SuspiciousOperation("odd"))),
    path("403", raising(PermissionDenied())),
    path("404", raising(Http404("no such row"))),
    path("429", too_many),
    path("500", raising(ValueError("a secret"))),
    path("form", form),
    path("", include("config.urls")),
]


@pytest.mark.parametrize(
    ("status", "heading"),
    [
        (400, "We cannot use what was sent"),
        (403, "You cannot do this"),
        (404, "Page not found"),
        (429, "Too many tries"),
        (500, "Sorry, something went wrong"),
    ],
)
def test_error_page_is_a_whole_page_in_plain_english(status: int, heading: str) -> None:
    response = Client(raise_request_exception=False).get(f"/{status}")
    assert response.status_code == status
    html = response.content.decode()
    assert f'<h1 class="govuk-heading-l">{heading}</h1>' in html
    assert "<title>" + heading in html.replace("\n", "")
    assert "secret" not in html
    assert "no such row" not in html


def test_a_form_without_its_token_says_to_load_the_page_again() -> None:
    response = Client(enforce_csrf_checks=True).post("/form")
    assert response.status_code == 403
    assert "This page was open for too long" in response.content.decode()


def test_an_error_page_has_the_content_security_policy_too() -> None:
    response = Client(raise_request_exception=False).get("/500")
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
