"""The frame of every page."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context
from django.template.loader import render_to_string
from django.test import RequestFactory

from accounts.models import Person
from config import navigation
from tests import builders

pytestmark = pytest.mark.django_db


def page(person: Person | AnonymousUser, path: str = "/", **context: Any) -> str:
    request = RequestFactory().get(path)
    request.user = person
    return render_to_string("base.html", context, request)


def test_somebody_with_a_role_sees_where_to_go() -> None:
    html = page(builders.staff(builders.programme(), name="Ada Staff"))
    assert "Ada Staff" in html
    assert 'href="/places/organisations/"' in html


def test_nobody_signed_in_sees_no_menu() -> None:
    assert "service-navigation" not in page(AnonymousUser())


def test_somebody_without_a_role_sees_their_name_but_no_registers() -> None:
    html = page(builders.person("Nell New"))
    assert "Nell New" in html
    assert 'aria-label="Menu"' not in html


@pytest.mark.parametrize(
    ("path", "name", "current"),
    [
        ("/places/", "Places", "page"),
        ("/places/organisations/", "Organisations", "page"),
        ("/places/organisations/a-council/", "Organisations", "true"),
        ("/places/wakefield/", "Places", "true"),
        ("/accounts/", "", ""),
    ],
)
def test_the_place_in_the_menu_nearest_to_the_page_is_marked(
    path: str, name: str, current: str
) -> None:
    links = [
        navigation.Link("Places", "/places/"),
        navigation.Link("Organisations", "/places/organisations/"),
    ]
    navigation._mark_current(links, path)
    assert [(link.name, link.current) for link in links if link.current] == (
        [(name, current)] if name else []
    )


def test_a_page_without_a_request_has_no_menu() -> None:
    assert navigation.navigation(Context({"request": None})) == {}


def test_a_demonstration_says_so(settings: Any) -> None:
    settings.DEMONSTRATION = True
    assert "may be read by anyone on this computer" in page(AnonymousUser())
    settings.DEMONSTRATION = False
    assert "may be read by anyone on this computer" not in page(AnonymousUser())


def test_a_page_whose_form_has_errors_says_so_in_its_title() -> None:
    class Wrong:
        errors = {"name": ["Enter the name"]}

    assert "<title>Error:" in page(AnonymousUser(), form=Wrong())
