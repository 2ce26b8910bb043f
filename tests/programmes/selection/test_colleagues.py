"""Who writes an application together."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Invitation, Membership, OutgoingMail, Person
from accounts.roles import Role
from programmes.actions import colleagues as actions
from programmes.actions.colleagues import invite_colleague, remove_colleague
from programmes.models import Application
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return builders.application(builders.call(), "Wakefield")


@pytest.fixture
def writer(application: Application, client: Client) -> Person:
    person = Person.objects.get(pk=application.started_by_id)
    client.force_login(person)
    return person


def address(verb: str, application: Application, **more: Any) -> str:
    return reverse(f"programmes:{verb}", kwargs={"pk": application.pk} | more)


def invited(client: Client, application: Application) -> Invitation:
    given = {"name": "Cora Colleague", "email": "cora@example.org"}
    client.post(address("colleagues", application), given)
    return Invitation.objects.get()


def token() -> str:
    found = re.search(r"/accounts/invitations/(\S+)/", OutgoingMail.objects.latest("pk").text)
    assert found
    return found.group(1)


def test_a_colleague_is_invited_and_writes_too(
    client: Client, application: Application, writer: Person
) -> None:
    invited(client, application)
    page = client.get(address("colleagues", application)).content.decode()
    assert "cora@example.org" in page
    assert "Wakefield" in OutgoingMail.objects.get().text
    Client().post(reverse("accounts:invitation", args=[token()]))
    cora = Person.objects.get(email="cora@example.org")
    assert cora.has_perm("programmes.write_application", application)
    assert "Cora Colleague" in client.get(address("colleagues", application)).content.decode()


def test_who_no_longer_writes_leaves_no_way_in(
    client: Client, application: Application, writer: Person
) -> None:
    invited(client, application)
    builders.grant(builders.person(), Role.APPLICANT, application)
    Membership.objects.get(person=writer).delete()
    page = Client().post(reverse("accounts:invitation", args=[token()])).content.decode()
    assert "may no longer invite" in page
    assert not Person.objects.filter(email="cora@example.org").exists()


def test_an_invitation_is_sent_again_and_withdrawn(
    client: Client, application: Application, writer: Person
) -> None:
    invitation = invited(client, application)
    first = token()
    Invitation.objects.update(expires_at=timezone.now() - timedelta(days=1))
    client.post(address("colleague_invite_again", application, invitation=invitation.pk))
    assert token() != first
    assert Client().get(reverse("accounts:invitation", args=[token()])).status_code == 200
    client.post(address("colleague_uninvite", application, invitation=invitation.pk))
    assert Client().get(reverse("accounts:invitation", args=[token()])).status_code == 404
    gone = client.post(address("colleague_uninvite", application, invitation=invitation.pk))
    assert gone.status_code == 404


def test_nobody_is_invited_twice(client: Client, application: Application, writer: Person) -> None:
    invited(client, application)
    given = {"name": "Cora", "email": "Cora@example.org"}
    page = client.post(address("colleagues", application), given).content.decode()
    assert "has been invited to this role already" in page
    page = client.post(address("colleagues", application), {}).content.decode()
    assert "Enter their full name" in page
    assert "Enter their e-mail address" in page


def test_not_without_end(
    client: Client, application: Application, writer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "MOST_INVITED", 1)
    invited(client, application)
    given = {"name": "Dora", "email": "dora@example.org"}
    page = client.post(address("colleagues", application), given).content.decode()
    assert "Withdraw some invitations first" in page


def test_a_colleague_is_removed_and_what_they_wrote_stays(
    client: Client, application: Application, writer: Person
) -> None:
    cora = builders.grant(builders.person("Cora"), Role.APPLICANT, application)
    held = Membership.objects.get(person=cora)
    path = address("colleague_remove", application, membership=held.pk)
    assert "Remove Cora?" in client.get(path).content.decode()
    assert client.post(path).url == address("colleagues", application)
    assert not Person.objects.get(pk=cora.pk).has_perm("programmes.view_application", application)


def test_one_who_removes_themselves_goes_home(
    client: Client, application: Application, writer: Person
) -> None:
    builders.grant(builders.person(), Role.APPLICANT, application)
    held = Membership.objects.get(person=writer)
    path = address("colleague_remove", application, membership=held.pk)
    assert client.post(path).url == "/"
    assert client.get(address("colleagues", application)).status_code == 404


def test_the_last_one_stays(client: Client, application: Application, writer: Person) -> None:
    held = Membership.objects.get(person=writer)
    path = address("colleague_remove", application, membership=held.pk)
    assert "Somebody must be able to write" in client.post(path).content.decode()
    assert Membership.objects.filter(pk=held.pk).exists()


def test_only_those_who_write_it_decide_who_does(application: Application) -> None:
    stranger = builders.staff(application.call.cohort.programme)
    with pytest.raises(PermissionDenied):
        invite_colleague(
            application=application, email="a@example.org", name="A", by=stranger, link=str
        )
    with pytest.raises(PermissionDenied):
        remove_colleague(
            application=application,
            membership=Membership.objects.get(person=application.started_by),
            by=stranger,
        )


def test_a_member_of_another_application_cannot_be_removed_here(
    client: Client, application: Application, writer: Person
) -> None:
    other = builders.application(application.call)
    held = Membership.objects.get(person=other.started_by)
    path = address("colleague_remove", application, membership=held.pk)
    assert client.post(path).status_code == 404


def test_mails_are_limited(client: Client, application: Application, writer: Person) -> None:
    invitation = invited(client, application)
    again = address("colleague_invite_again", application, invitation=invitation.pk)
    answers = [client.post(again).status_code for _ in range(30)]
    assert answers == [302] * 29 + [429]
    given = {"name": "Dora", "email": "dora@example.org"}
    assert client.post(address("colleagues", application), given).status_code == 429


def test_the_last_two_cannot_both_go(application: Application) -> None:
    wanda = application.started_by
    assert wanda
    cora = builders.grant(builders.person(), Role.APPLICANT, application)
    first, second = (Membership.objects.get(person=person) for person in (wanda, cora))
    remove_colleague(application=application, membership=first, by=cora)
    with pytest.raises(ValidationError):
        remove_colleague(application=application, membership=second, by=cora)
