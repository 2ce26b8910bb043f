"""A member of staff who is recused from an application is an outsider to it, in pages of staff too."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from accounts.actions.audit import record
from accounts.actions.invitations import invite
from accounts.actions.mail import send
from accounts.actions.memberships import grant_role
from accounts.models import OutgoingMail, Person
from accounts.roles import Role
from programmes.actions.panels import assign_balanced
from programmes.events import ApplicationEvent, PanelEvent
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


def test_mail_to_its_people_that_was_lost_is_withheld(
    client: Client, planted: Application, recused: Person
) -> None:
    recused.is_operator = True
    recused.save()
    writer = planted.started_by
    assert writer
    for to, subject in [(writer.email, "Your letter"), ("else@example.org", f"{PLANTED}: no")]:
        lost = send(to=to, subject=subject, text="So.")
        OutgoingMail.objects.filter(pk=lost.pk).update(status=OutgoingMail.Status.FAILED)
    page = seen(client, recused, "accounts:undelivered_mail")
    assert writer.email not in page
    assert "else@example.org" not in page
    page = seen(client, builders.person(is_operator=True), "accounts:undelivered_mail")
    assert writer.email in page
    assert "else@example.org" in page


def test_nor_in_how_many_somebody_has_declared_a_conflict(
    client: Client, planted: Application, recused: Person
) -> None:
    programme = planted.call.cohort.programme
    member = builders.panel_member(planted.call, builders.person("Ada Member"))
    told = {"conflicts": ["", "1"], "applications": ["", "2"]}
    record(PanelEvent.DECLARED, by=member.person, subject=member, scope=programme, changes=told)
    assert "Ada Member" not in seen(client, recused, "programmes:audit", slug=programme.slug)
    colleague = builders.staff(programme)
    assert "Ada Member" in seen(client, colleague, "programmes:audit", slug=programme.slug)


def test_they_do_not_assign_who_reads_what(planted: Application, recused: Person) -> None:
    """Whether there are enough readers for each would tell of conflicts with what is closed."""
    with pytest.raises(ValidationError, match="A colleague must take this step"):
        assign_balanced(call=planted.call, readers=1, by=recused)
