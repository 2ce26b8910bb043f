"""An organisation's own sign-in: it signs in whom we know, and creates and links nobody."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from pytest_django import Settings

from accounts.models import Person
from config.openid_connect import provider as settings_of_provider
from tests import builders
from tests.accounts.identity_provider import Provider, identity_provider

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/sign-in/with/oidc/login/"
CALLBACK = f"{LOGIN}callback/"


@pytest.fixture
def organisation(settings: Settings) -> Iterator[Provider]:
    with identity_provider() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = settings_of_provider(
            server_url=provider.address, client_id="us", client_secret="s", name="the council"
        )
        yield provider


def sign_in(client: Client, organisation: Provider, *, query: str = "", **says: Any) -> Any:
    organisation.says = {"sub": "1"} | says
    there = client.get(LOGIN + query).url
    assert there.startswith(f"{organisation.address}/authorize")
    state = parse_qs(urlsplit(there).query)["state"][0]
    return client.get(CALLBACK, {"code": "c", "state": state})


def test_who_is_known_by_a_verified_address_is_signed_in(
    client: Client, organisation: Provider
) -> None:
    jo = builders.person("Jo", email="jo@example.org")
    response = sign_in(client, organisation, email="Jo@example.org", email_verified=True)
    assert response.url == "/"
    assert client.get("/accounts/").context["person"] == jo
    assert not SocialAccount.objects.exists(), "nothing of theirs is kept"


def test_who_is_unknown_is_told_so_and_not_created(client: Client, organisation: Provider) -> None:
    page = sign_in(client, organisation, email="nobody@example.org", email_verified=True)
    assert "nobody has invited your e-mail address" in page.content.decode()
    assert not Person.objects.exists()


@pytest.mark.parametrize("says", [{"email_verified": False}, {}])
def test_an_address_that_is_not_verified_counts_for_nothing(
    client: Client, organisation: Provider, says: dict[str, bool]
) -> None:
    jo = builders.person("Jo", email="jo@example.org")
    EmailAddress.objects.create(user=jo, email=jo.email, verified=True, primary=True)
    page = sign_in(client, organisation, email="jo@example.org", **says)
    assert "nobody has invited your e-mail address" in page.content.decode()
    assert client.get("/").status_code == 302


def test_whose_access_has_ended_is_told_so(client: Client, organisation: Provider) -> None:
    builders.person("Jo", email="jo@example.org", is_active=False)
    response = sign_in(client, organisation, email="jo@example.org", email_verified=True)
    assert response.url == "/accounts/inactive/"


def test_an_account_there_is_never_linked_to_another_here(
    client: Client, organisation: Provider
) -> None:
    client.force_login(builders.person("Jo"))
    response = sign_in(
        client, organisation, query="?process=connect", email="x@example.org", email_verified=True
    )
    assert response.url == "/accounts/sign-in/"
    assert not SocialAccount.objects.exists()


def test_the_sign_in_page_offers_it_and_keeps_where_to_go(
    client: Client, organisation: Provider
) -> None:
    page = client.get("/accounts/sign-in/?next=/accounts/").content.decode()
    assert "Sign in with the council" in page
    builders.person("Jo", email="jo@example.org")
    query = "?process=login&next=/accounts/"
    assert query.replace("&", "&amp;").replace("/", "%2F") in page or "next=%2Faccounts%2F" in page
    response = sign_in(
        client, organisation, query=query, email="jo@example.org", email_verified=True
    )
    assert response.url == "/accounts/"


def test_a_refusal_over_there(client: Client, organisation: Provider) -> None:
    there = client.get(LOGIN).url
    state = parse_qs(urlsplit(there).query)["state"][0]
    response = client.get(CALLBACK, {"error": "access_denied", "state": state}, follow=True)
    assert "You did not sign in" in response.content.decode()


def test_a_callback_that_nobody_asked_for(client: Client, organisation: Provider) -> None:
    page = client.get(CALLBACK, {"code": "c", "state": "x"})
    assert page.status_code == 401
    assert "Your organisation could not sign you in" in page.content.decode()


def test_half_set_is_a_fault() -> None:
    with pytest.raises(ImproperlyConfigured, match="not set: OIDC_CLIENT_ID, OIDC_CLIENT_SECRET"):
        settings_of_provider(server_url="https://x", client_id="", client_secret="", name="")


def test_unset_is_no_provider() -> None:
    assert settings_of_provider(server_url="", client_id="", client_secret="", name="x") == {}
