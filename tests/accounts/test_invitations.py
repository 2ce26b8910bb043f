"""Invitations: one address, one role, once, and for a while."""

import re
from datetime import timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from django.utils.html import escape

from accounts.actions.invitations import (
    accept_invitation,
    invite,
    send_invitation_again,
    withdraw_invitation,
)
from accounts.models import AuditEvent, Invitation, OutgoingMail, Person
from accounts.roles import Role
from accounts.secret_links import hashed
from accounts.tasks import deliver_mail
from programmes.models import Programme
from tests import builders

pytestmark = pytest.mark.django_db
PAGE = f"/accounts/invitations/{builders.TOKEN}/"


@pytest.fixture
def programme() -> Programme:
    return builders.programme("Local Vision")


def invited(programme: Programme, **fields: Any) -> Invitation:
    given = {
        "email": "Ina@Example.org",
        "name": "Ina",
        "role": Role.EVALUATOR,
        "scope": programme,
        "by": builders.staff(programme, name="Sam Staff"),
        "link": lambda token: f"https://placework.example.org/{token}",
        "within": programme,
    }
    return invite(**(given | fields))


def kinds() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("kind", flat=True))


def test_an_invitation_says_who_invites_to_what_and_carries_a_link(programme: Programme) -> None:
    invitation = invited(programme)
    row = OutgoingMail.objects.get()
    assert (row.to, row.subject) == ("ina@example.org", "Sam Staff invites you to Placework")
    assert Role.EVALUATOR.description in row.text
    assert "Local Vision" in row.text
    token = re.search(r"https://placework.example.org/(\S+)", row.text).group(1)
    assert hashed(token) == invitation.token_sha256
    assert token not in str(Invitation.objects.values())
    assert kinds() == ["invitation.sent"]
    assert AuditEvent.objects.get().scope_id == str(programme.pk)


def test_the_link_does_not_stay_in_the_outbox(programme: Programme) -> None:
    invited(programme)
    deliver_mail(OutgoingMail.objects.get().pk)
    assert "https://placework.example.org/" in outbox.outbox[0].body
    assert OutgoingMail.objects.get().text == "[removed]"


def test_an_apostrophe_stays_one(programme: Programme) -> None:
    invited(programme, by=builders.staff(programme, name="Pat O'Neill"))
    assert OutgoingMail.objects.get().subject == "Pat O'Neill invites you to Placework"


def test_nobody_invites_themselves(programme: Programme) -> None:
    sam = builders.staff(programme, email="sam@example.org")
    with pytest.raises(ValidationError, match="This is your own e-mail address"):
        invited(programme, by=sam, email="Sam@Example.org")
    invitation = invited(programme, email="sam@example.org")
    with pytest.raises(ValidationError, match="This is your own e-mail address"):
        send_invitation_again(invitation=invitation, by=sam, link=str)
    assert OutgoingMail.objects.count() == 1


def test_nobody_is_invited_twice_to_the_same(programme: Programme) -> None:
    invited(programme)
    with pytest.raises(ValidationError, match="invited to this role already"):
        invited(programme)
    invited(programme, role=Role.PANEL_MEMBER)


def test_nobody_is_invited_to_what_they_hold(programme: Programme) -> None:
    builders.evaluator(programme, email="ina@example.org")
    with pytest.raises(ValidationError, match="holds this role already"):
        invited(programme)


def test_a_role_is_held_in_its_own_kind_of_thing(programme: Programme) -> None:
    with pytest.raises(ValueError, match="Partner is held in"):
        invited(programme, role=Role.PARTNER)


def test_sent_again_it_has_a_new_link_and_more_time(programme: Programme) -> None:
    invitation = builders.invitation(programme, expires_at=timezone.now() - timedelta(days=1))
    send_invitation_again(invitation=invitation, by=invitation.invited_by, link=lambda t: t)
    invitation.refresh_from_db()
    assert invitation.token_sha256 != hashed(builders.TOKEN)
    assert invitation.expires_at > timezone.now() + timedelta(days=13)


def test_once_withdrawn_nothing_can_be_done_with_it(programme: Programme, client: Client) -> None:
    invitation = builders.invitation(programme)
    withdraw_invitation(invitation=invitation, by=invitation.invited_by)
    for act in (
        lambda: withdraw_invitation(invitation=invitation, by=invitation.invited_by),
        lambda: accept_invitation(invitation=invitation),
        lambda: send_invitation_again(
            invitation=invitation, by=invitation.invited_by, link=lambda t: t
        ),
    ):
        with pytest.raises(ValidationError, match="accepted or withdrawn already"):
            act()
    page = client.get(PAGE)
    assert page.status_code == 404
    assert "It has been withdrawn" in page.content.decode()


def test_accepting_makes_the_person_and_asks_for_a_code(
    programme: Programme, client: Client
) -> None:
    builders.invitation(programme)
    assert escape(Role.EVALUATOR.description) in client.get(PAGE).content.decode()
    assert client.post(PAGE).url == "/accounts/sign-in/code/"
    ina = Person.objects.get(email="invited@example.org")
    assert ina.name == "Ina Invited"
    assert ina.holds(Role.EVALUATOR, programme)
    assert EmailAddress.objects.get(user=ina).verified
    assert kinds() == ["invitation.accepted", "membership.granted"]
    assert client.get("/").status_code == 302, "the link alone signs nobody in"
    code = re.search(r"[A-Z]{4}-[A-Z]{4}", OutgoingMail.objects.get().text).group()
    client.post("/accounts/sign-in/code/", {"code": code})
    assert client.get("/").status_code == 200


def test_it_can_be_accepted_once(programme: Programme, client: Client) -> None:
    builders.invitation(programme)
    client.post(PAGE)
    page = Client().get(PAGE)
    assert page.status_code == 404
    assert "It has been accepted already" in page.content.decode()
    assert Client().post(PAGE).status_code == 404


def test_whom_we_know_keeps_their_name(programme: Programme, client: Client) -> None:
    ina = builders.person("Dr Ina", email="invited@example.org")
    builders.invitation(programme)
    client.force_login(ina)
    page = client.post(PAGE, follow=True)
    assert page.redirect_chain == [("/", 302)]
    assert "You have accepted the invitation." in page.content.decode()
    assert Person.objects.get(pk=ina.pk).name == "Dr Ina"


def test_it_is_bound_to_its_address(programme: Programme, client: Client) -> None:
    builders.invitation(programme)
    client.force_login(builders.person(email="other@example.org"))
    page = client.post(PAGE).content.decode()
    assert "You are signed in as other@example.org" in page
    assert "this invitation is for invited@example.org" in page
    assert Invitation.objects.get().accepted_at is None


def test_it_expires(programme: Programme, client: Client) -> None:
    invitation = builders.invitation(programme, expires_at=timezone.now() - timedelta(seconds=1))
    for response in (client.get(PAGE), client.post(PAGE)):
        assert response.status_code == 410
        assert f"Ask {invitation.invited_by.name} to send it again" in response.content.decode()
    with pytest.raises(ValidationError, match="has expired"):
        accept_invitation(invitation=invitation)


def test_whose_access_has_ended_cannot_come_back_by_a_link(
    programme: Programme, client: Client
) -> None:
    builders.person(email="invited@example.org", is_active=False)
    builders.invitation(programme)
    assert "Your access to Placework has been ended" in client.post(PAGE).content.decode()


def test_a_link_that_is_not_whole(client: Client) -> None:
    page = client.get("/accounts/invitations/nonsense/")
    assert page.status_code == 404
    assert "the link is not whole" in page.content.decode()


def test_holding_the_role_already_does_no_harm(programme: Programme) -> None:
    invitation = builders.invitation(programme)
    builders.evaluator(programme, email="invited@example.org")
    accept_invitation(invitation=invitation)
    assert kinds() == ["invitation.accepted"]


def test_who_may_no_longer_invite_leaves_no_way_in(programme: Programme, client: Client) -> None:
    staff = builders.staff(programme)
    invitation = builders.invitation(programme, by=staff)
    staff.memberships.all().delete()
    page = client.post(PAGE).content.decode()
    assert "may no longer invite people" in page
    assert not Person.objects.filter(email=invitation.email).exists()


def test_who_sends_it_again_stands_for_it(programme: Programme) -> None:
    gone = builders.staff(programme, is_active=False)
    invitation = builders.invitation(programme, by=gone)
    with pytest.raises(ValidationError, match="may no longer invite people"):
        accept_invitation(invitation=invitation)
    other = builders.staff(programme)
    send_invitation_again(invitation=invitation, by=other, link=str)
    assert accept_invitation(invitation=invitation).holds(Role.EVALUATOR, programme)


def test_an_operator_may_invite_into_every_programme(programme: Programme) -> None:
    by = builders.person(is_operator=True)
    invitation = builders.invitation(programme, by=by)
    assert accept_invitation(invitation=invitation).holds(Role.EVALUATOR, programme)
