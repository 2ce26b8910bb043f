"""Every address, as every kind of user, against the table of its row."""

from collections.abc import Iterator
from itertools import count
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import resolve_url
from django.test import Client

from accounts.models import Person
from tests.walk import SIGN_IN, Answer, Kind, Row, World
from tests.walk.addresses import routes
from tests.walk.rows import furnished, gathered

pytestmark = pytest.mark.django_db

# Rate limits count by address of the visitor, and the walk is not about them.
_visitors = count(1)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        yield furnished()
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def sessions(world: World) -> dict[Kind, str]:
    return {kind: sign_in(person) for kind, person in world.people.items()}


def sign_in(person: Person) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return session.session_key or ""


def answer(response: HttpResponse) -> Answer:
    where = urlsplit(response.headers.get("Location", "")).path
    return SIGN_IN if where == resolve_url(settings.LOGIN_URL) else response.status_code


def ask(path: str, method: str, session: str) -> Answer:
    """One request, of which nothing remains."""
    visitor = next(_visitors)
    client = Client(REMOTE_ADDR=f"10.{visitor >> 16 & 255}.{visitor >> 8 & 255}.{visitor & 255}")
    if session:
        client.cookies[settings.SESSION_COOKIE_NAME] = session
    with transaction.atomic():
        response = getattr(client, method)(path)
        response.getvalue()  # a streamed file is open until it is read
        found = answer(response)
        if session and method == "get":
            kept = response.headers["Cache-Control"]
            assert "no-cache" in kept or "no-store" in kept, path
        transaction.set_rollback(True)
    return found


@pytest.mark.parametrize("row", gathered(), ids=lambda row: row.name)
@pytest.mark.parametrize("method", ["get", "post"])
def test_address_answers_as_its_row_says(
    row: Row, method: str, world: World, sessions: dict[Kind, str]
) -> None:
    path = row.path(world) + row.query
    expected = getattr(row, method)
    found = {kind: ask(path, method, sessions.get(kind, "")) for kind in Kind}
    wrong = {
        str(kind): f"{found[kind]} instead of {expected[kind]}"
        for kind in Kind
        if found[kind] != expected[kind]
    }
    assert wrong == {}, path


def test_every_address_has_a_row_and_every_row_an_address(world: World) -> None:
    addresses = routes()
    walked = {row.route(world) for row in gathered()}
    assert {name or route for route, name in addresses.items() if route not in walked} == set()


def test_every_address_has_a_name() -> None:
    assert [route for route, name in routes().items() if not name] == []
