"""The commands for whoever runs Placework."""

from io import StringIO

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from accounts.models import AuditEvent, Membership, Person
from tests import builders
from tests.accounts.soft_key import registered

pytestmark = pytest.mark.django_db


def run(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_the_first_operator_is_made() -> None:
    said = run("create_operator", "Ops@Example.org", "--name", "Olive Ops")
    assert said == "Olive Ops is an operator, and signs in with a code to ops@example.org.\n"
    assert Person.objects.get(email="ops@example.org").is_operator
    assert AuditEvent.objects.get().kind == "person.operator_created"


def test_twice_is_once() -> None:
    for _ in range(2):
        run("create_operator", "ops@example.org", "--name", "Olive Ops")
    assert Person.objects.count() == AuditEvent.objects.count() == 1


def test_an_operator_needs_an_address() -> None:
    with pytest.raises(CommandError, match="Enter a valid email address"):
        run("create_operator", "ops", "--name", "Olive Ops")


def test_whose_access_has_ended_does_not_come_back_so() -> None:
    builders.person(email="ops@example.org", is_active=False)
    with pytest.raises(CommandError, match="has been ended"):
        run("create_operator", "ops@example.org", "--name", "Olive Ops")


def test_a_lost_second_step_is_removed(client: Client) -> None:
    jo = builders.person("Jo", email="jo@example.org")
    registered(jo)
    client.force_login(jo)
    other = Client()
    other.force_login(builders.person())
    assert "Jo is signed out everywhere" in run("remove_second_step", "jo@example.org")
    assert not Authenticator.objects.exists()
    assert client.get("/").status_code == 302
    assert other.get("/").status_code == 200
    assert run("remove_second_step", "jo@example.org") == "Jo has none.\n"
    assert AuditEvent.objects.get().kind == "person.second_step_removed"


def test_access_is_ended(client: Client) -> None:
    programme = builders.programme()
    jo = builders.staff(programme, email="jo@example.org", is_operator=True)
    client.force_login(jo)
    for _ in range(2):
        assert "cannot sign in any more" in run("end_access", "jo@example.org")
    assert not Membership.objects.exists()
    jo.refresh_from_db()
    assert (jo.is_active, jo.is_operator) == (False, False)
    assert client.get("/").status_code == 302
    assert list(AuditEvent.objects.order_by("pk").values_list("kind", "scope_id")) == [
        ("membership.revoked", str(programme.pk)),
        ("person.access_ended", ""),
    ]


def test_somebody_unknown() -> None:
    with pytest.raises(CommandError, match="Nobody is known by"):
        run("end_access", "x@example.org")
