"""Nonsense in every field of every form of the selection and of MOUs, sent by somebody who may use it.

The forms are those that the walk's pages show. No address may fail; what is refused is refused by a
sentence beside its field, with what was typed still there.
"""

from collections.abc import Iterator
from html import unescape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from lxml import html

from programmes.actions.mou.codes import send_code
from tests.programmes import (
    walk_application_records,
    walk_applications,
    walk_board,
    walk_call_preparation,
    walk_calls,
    walk_decisions,
    walk_mou_alive,
    walk_mou_draft,
    walk_mou_live,
    walk_mou_sign,
    walk_panels,
)
from tests.walk import SIGN_IN, Kind, Row, World
from tests.walk.rows import furnished

pytestmark = pytest.mark.django_db

ROOMS = (
    walk_application_records,
    walk_applications,
    walk_board,
    walk_call_preparation,
    walk_calls,
    walk_decisions,
    walk_mou_alive,
    walk_mou_draft,
    walk_mou_live,
    walk_mou_sign,
    walk_panels,
)
NONSENSE = {
    "nul": "before\0after",
    "long": "x" * 10_001 + " end",
    "negative": "-1",
    "huge": "9" * 40,
    "not finite": "NaN",
    "markup": "<script>alert(1)</script>",
    "turned": "\u202egpj.exe \N{GRINNING FACE}",
    "half a character": "half \udfff",
    "blank": " \t\u00a0",
}
TAKEN = (200, 302)
FORM = "application/x-www-form-urlencoded"
LATER = "1 July 2030 12:00"
TYPED_IN = {"text", "textarea", "email", "search", "tel", "url"}


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[World]:
    with django_db_blocker.unblock(), transaction.atomic():
        world = furnished()
        send_code(
            world.extra.signing.signatory(1)
        )  # without one, a link shows no more than a button
        yield world
        transaction.set_rollback(True)


def user_of(row: Row) -> Kind | None:
    """Somebody who may open this page and send its form."""
    may = (kind for kind in Kind if row.get[kind] == 200 and row.post[kind] in TAKEN)
    return next(may, None)


FORMS = [row for room in ROOMS for row in room.ROWS if user_of(row)]
BUTTONS = [row for room in ROOMS for row in room.ROWS if set(row.get.values()) <= {405, SIGN_IN}]
GUESSED = ("answer", "text", "reason", "comment", "score_c1", "based_on", "window", "key", "next")


def shown(page: HttpResponse, path: str) -> html.HtmlElement | None:
    """The form that comes back to its own page."""
    found = html.fromstring(page.content).xpath("//main//form[@method='post']")
    own = (None, "", path)
    return next((form for form in found if form.get("action") in own and form.inputs), None)


def begun_with(form: html.HtmlElement) -> dict[str, str]:
    """What the form shows, and where it shows nothing, something that may be true."""
    begun = {name: value for name, value in form.form_values() if value}
    for field in form.inputs:
        name, kind = field.get("name"), kind_of(field)
        if not name or begun.get(name):
            continue
        if kind == "select":
            begun[name] = next(filter(None, field.value_options), "")
        elif kind == "radio":
            begun[name] = field.get("value", "")
        elif kind in TYPED_IN:
            is_moment = name.endswith(("_at", "until"))
            begun[name] = LATER if is_moment else "ann@example.org" if kind == "email" else "1"
    return begun


def kind_of(field: html.HtmlElement) -> str:
    return field.get("type", "text") if field.tag == "input" else field.tag


def fields_of(form: html.HtmlElement) -> dict[str, str]:
    """{name: kind} of what a browser would send; a file is another test's."""
    fields = {field.get("name"): kind_of(field) for field in form.inputs if field.get("name")}
    return {
        name: kind
        for name, kind in fields.items()
        if kind not in ("file", "submit") and name != "csrfmiddlewaretoken"
    }


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.name + row.query)
def test_no_field_breaks_its_page(row: Row, world: World) -> None:
    client, path, kind = Client(), row.path(world) + row.query, user_of(row)
    wrong = []
    with transaction.atomic():
        if kind and kind != Kind.ANONYMOUS:
            client.force_login(world.people[kind])
        form = shown(client.get(path), row.path(world))
        if form is None:
            pytest.skip("a page with no form of its own")
        begun = begun_with(form)
        for name, field in fields_of(form).items():
            for called in NONSENSE if field in TYPED_IN else ("nul", "long", "negative"):
                typed = NONSENSE[called]
                if fault := fault_of(client, path, begun, name, field, typed):
                    wrong.append(f"{name}, {called}: {fault}")
        transaction.set_rollback(True)
    assert wrong == [], "\n".join(wrong)


@pytest.mark.parametrize("row", FORMS, ids=lambda row: row.name + row.query)
def test_a_field_may_be_left_out_or_sent_twice(row: Row, world: World) -> None:
    client, path, kind = Client(), row.path(world) + row.query, user_of(row)
    with transaction.atomic():
        if kind and kind != Kind.ANONYMOUS:
            client.force_login(world.people[kind])
        form = shown(client.get(path), row.path(world))
        if form is None:
            pytest.skip("a page with no form of its own")
        begun = begun_with(form)
        sent = [{other: begun[other] for other in begun if other != name} for name in begun]
        sent.append({name: [value, "another"] for name, value in begun.items()})
        answers = {status_of(client, path, each) for each in sent}
        transaction.set_rollback(True)
    assert answers <= {200, 302, 404, 409, 429}


@pytest.mark.parametrize("row", BUTTONS, ids=lambda row: row.name + row.query)
def test_a_button_takes_no_nonsense(row: Row, world: World) -> None:
    """Addresses without a page of their own: they are sent what their pages never send."""
    kind = next(kind for kind in Kind if row.post[kind] in (*TAKEN, 422))
    client = Client()
    with transaction.atomic():
        client.force_login(world.people[kind])
        sent = [dict.fromkeys(GUESSED, typed) for typed in NONSENSE.values()]
        answers = {status_of(client, row.path(world), each) for each in sent}
        transaction.set_rollback(True)
    assert answers <= {200, 302, 404, 409, 422, 429}


def status_of(client: Client, path: str, sent: dict[str, Any]) -> int:
    with transaction.atomic():
        body = urlencode(sent, doseq=True, errors="surrogatepass")
        status = client.post(path, body, content_type=FORM).status_code
        transaction.set_rollback(True)
    return status


def fault_of(
    client: Client, path: str, begun: dict[str, str], name: str, field: str, typed: str
) -> str:
    """What is wrong with the answer to this form with `typed` in one field; empty if nothing."""
    with transaction.atomic():
        sent = urlencode(begun | {name: typed}, errors="surrogatepass")
        page = client.post(path, sent, content_type=FORM)
        transaction.set_rollback(True)
    if page.status_code in (302, 429):  # saved, or too much in one hour
        return ""
    if page.status_code not in (200, 409):
        return f"is answered {page.status_code}"
    again = unescape(page.content.decode())
    if "govuk-error-summary" not in again:
        return "no sentence says what is wrong"
    if field in TYPED_IN and typed.split("\0")[0].split("\udfff")[0].strip() not in again:
        return "what was typed is gone"
    return ""
