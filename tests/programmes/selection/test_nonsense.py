"""Nonsense in every field of every form of the selection, sent by somebody who may use it.

The forms are those that the walk's pages show. No address may fail; what is refused is refused by a
sentence beside its field, with what was typed still there.
"""

from collections.abc import Iterator
from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from lxml import html

from tests.programmes import (
    walk_application_records,
    walk_applications,
    walk_board,
    walk_call_preparation,
    walk_calls,
    walk_decisions,
    walk_panels,
)
from tests.walk import Kind, Row, World
from tests.walk.rows import furnished

pytestmark = pytest.mark.django_db

ROOMS = (
    walk_application_records,
    walk_applications,
    walk_board,
    walk_call_preparation,
    walk_calls,
    walk_decisions,
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
        yield furnished()
        transaction.set_rollback(True)


def user_of(row: Row) -> Kind | None:
    """Somebody who may open this page and send its form."""
    may = (kind for kind in Kind if row.get[kind] == 200 and row.post[kind] in TAKEN)
    return next(may, None)


FORMS = [row for room in ROOMS for row in room.ROWS if user_of(row)]


def shown(page: HttpResponse) -> html.HtmlElement | None:
    """The form that comes back to its own page."""
    found = html.fromstring(page.content).xpath("//main//form[@method='post'][not(@action)]")
    return found[0] if found else None


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
        form = shown(client.get(path))
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
