"""A member of staff who is recused from an application is an outsider to it, in pages of staff too."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.invitations import invite
from accounts.actions.memberships import grant_role
from accounts.models import Person
from accounts.roles import Role
from programmes.events import ApplicationEvent
from programmes.models import Application, ApplicationState, Phase, Standing
from tests import builders

pytestmark = pytest.mark.django_db

PLANTED = "Quixwold “on” Sea"


@pytest.fixture
def planted() -> Application:
    call = builders.call(phase=Phase.ELIGIBILITY)
    builders.application(call, "Wakefield", ApplicationState.SUBMITTED)
    return builders.application(call, PLANTED, ApplicationState.SUBMITTED)


@pytest.fixture
def recused(planted: Application) -> Person:
    someone = builders.staff(planted.call.cohort.programme)
    seat = builders.panel_member(planted.call, someone)
    builders.interest(seat, planted, Standing.RECUSED)
    return someone


def seen(client: Client, someone: Person, name: str, **arguments: object) -> str:
    client.force_login(someone)
    query = arguments.pop("query", "")
    return client.get(reverse(name, kwargs=arguments) + str(query)).getvalue().decode()


def test_the_audit_trail_tells_them_nothing_of_it(
    client: Client, planted: Application, recused: Person
) -> None:
    programme = planted.call.cohort.programme
    writer = builders.person("Wanda Writer")
    record(ApplicationEvent.STARTED, by=writer, subject=planted, scope=programme)
    grant_role(person=writer, role=Role.APPLICANT, scope=planted, by=writer, within=programme)
    for query in ("", "?download=csv"):
        page = seen(client, recused, "programmes:audit", slug=programme.slug, query=query)
        assert "Quixwold" not in page
        assert "Wanda" not in page
        colleague = builders.staff(programme)
        page = seen(client, colleague, "programmes:audit", slug=programme.slug, query=query)
        assert "Quixwold" in page


def test_an_operator_who_is_recused_is_told_nothing_either(
    client: Client, planted: Application, recused: Person
) -> None:
    recused.is_operator = True
    recused.save()
    record(ApplicationEvent.STARTED, by=None, subject=planted)
    assert "Quixwold" not in seen(client, recused, "programmes:audit_trail")


def test_invitations_to_write_are_in_no_list_of_staff(
    client: Client, planted: Application, recused: Person
) -> None:
    programme = planted.call.cohort.programme
    invite(
        email="colleague@quixwold.example",
        name="Cora Colleague",
        role=Role.APPLICANT,
        scope=planted,
        by=builders.staff(programme),
        link=str,
        within=programme,
    )
    page = seen(client, recused, "programmes:invitations", slug=programme.slug)
    assert "Cora" not in page
