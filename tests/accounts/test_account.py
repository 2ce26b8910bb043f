"""A person's own page, and the home page."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from accounts import home
from accounts.models import Person
from accounts.queries.memberships import roles_of
from accounts.roles import Role
from tests import builders

pytestmark = pytest.mark.django_db


def test_a_name_is_changed(client: Client) -> None:
    client.force_login(builders.person("Jo"))
    page = client.post("/accounts/", {"name": "Josephine"}, follow=True)
    assert "Your name is changed." in page.content.decode()
    assert Person.objects.get().name == "Josephine"


def test_a_name_is_needed(client: Client) -> None:
    client.force_login(builders.person("Jo"))
    assert "Enter your full name" in client.post("/accounts/", {"name": " "}).content.decode()


def test_roles_are_shown_with_what_they_mean(client: Client) -> None:
    project = builders.project(builders.programme("Local Vision"), place=builders.place("Dudley"))
    person = builders.staff(project.programme, is_operator=True)
    for role, scope in ((Role.ENABLER, project), (Role.PARTNER, project.place)):
        builders.grant(person, role, scope)
    client.force_login(person)
    for path in ("/", "/accounts/"):
        roles = client.get(path).context["roles"]
        assert [(role.name, [scope.name for scope in role.scopes]) for role in roles] == [
            ("Programme staff", ["Local Vision"]),
            ("Enabler", [str(project)]),
            ("Partner", ["Dudley"]),
            ("Operator", []),
        ]
        assert all(role.description for role in roles)


def test_each_scope_leads_to_its_page(client: Client) -> None:
    client.force_login(builders.staff(builders.programme("Local Vision", slug="local-vision")))
    page = client.get("/").content.decode()
    assert '<a class="govuk-link" href="/programmes/local-vision/">Local Vision</a>' in page


def test_a_role_in_several_things_is_described_once(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    eva = builders.person()
    for _ in range(3):
        builders.grant(eva, Role.EVALUATOR, builders.programme())
    with django_assert_num_queries(2):
        [role] = roles_of(eva)
    assert len(role.scopes) == 3


def test_home_asks_for_no_second_step_that_is_not_asked_for_at_sign_in(client: Client) -> None:
    client.force_login(builders.staff(builders.programme()))
    assert "Here it is up to you" in client.get("/").content.decode()


def test_without_a_role_home_says_what_to_do(client: Client) -> None:
    client.force_login(builders.person(email="jo@example.org"))
    page = client.get("/").content.decode()
    assert "ask the staff of your programme to invite" in page
    assert "jo@example.org" in page


@pytest.fixture
def panels(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(home, "_panels", [])
    home.panel("For evaluators", "accounts:privacy", roles=[Role.EVALUATOR])
    home.panel("For operators", "accounts:account", roles=[], operators=True)


@pytest.mark.usefixtures("panels")
def test_home_shows_the_panels_of_a_persons_roles(client: Client) -> None:
    client.force_login(builders.evaluator(builders.programme()))
    page = client.get("/").content.decode()
    assert 'hx-get="/accounts/privacy/"' in page
    assert '<a class="govuk-link" href="/accounts/privacy/">For evaluators</a>' in page
    assert "For operators" not in page


@pytest.mark.usefixtures("panels")
def test_operators_have_panels_too(client: Client) -> None:
    client.force_login(builders.person(is_operator=True))
    assert "For operators" in client.get("/").content.decode()


def test_what_a_signed_in_person_gets_is_kept_by_no_cache(client: Client) -> None:
    client.force_login(builders.person("Jo"))
    for path in ("/accounts/", "/nowhere/"):
        assert client.get(path).headers["Cache-Control"] == "private, no-cache"


def test_a_page_for_nobody_in_particular_says_nothing_of_caches(client: Client) -> None:
    assert "Cache-Control" not in client.get("/evaluation/published/").headers
