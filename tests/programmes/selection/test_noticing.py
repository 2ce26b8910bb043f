"""What Placework notices about all applications of a call: the same as about each, and no more."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Extension,
    Phase,
    Standing,
)
from programmes.queries.applications import applications_for_staff
from programmes.queries.eligibility import noticed
from programmes.queries.noticing import Noticing, with_submissions
from tests import builders

pytestmark = pytest.mark.django_db

SUBMITTED = ApplicationState.SUBMITTED


@pytest.fixture
def call() -> Call:
    questions: list[dict[str, Any]] = [
        {"word_limit": 2},
        {"kind": "declaration", "key": "agree", "must_be_yes": True},
        {"kind": "file", "key": "plan"},
    ]
    call = builders.call(phase=Phase.ELIGIBILITY, questions=questions, supporters=["sponsor"])
    Call.objects.update(closes_at=timezone.now() - timedelta(days=1))
    call.refresh_from_db()
    return call


@pytest.fixture
def staff(client: Client, call: Call) -> Person:
    person = builders.staff(call.cohort.programme, name="Stella Staff")
    client.force_login(person)
    return person


def exported(client: Client, call: Call) -> str:
    cohort = call.cohort
    address = reverse("programmes:call_applications", args=[cohort.programme.slug, cohort.number])
    text: str = client.get(address, {"download": "csv"}).getvalue().decode()
    return text


def submitted(call: Call, name: str = "", **answers: Any) -> Application:
    row = builders.application(call, name)
    builders.submission(row, **answers)
    row.state = SUBMITTED
    row.save()
    return row


def all_kinds(call: Call, staff: Person) -> None:
    """Applications about which different things are noticed."""
    submitted(call, "Ayton", q1="One two three", agree=False)
    submitted(call, "ayton", q1="One two", agree=True)
    extended = submitted(call, "Beeton", q1="One two", agree=True, plan=77)
    Extension.objects.create(
        application=extended,
        until=timezone.now() + timedelta(hours=1),
        reason="Flood",
        granted_by=staff,
        granted_by_name=str(staff),
    )
    asked = {"answered_at": timezone.now(), "is_confirmed": True, "amount": Decimal(10)}
    builders.support(extended, "sponsor", **asked)
    builders.application(call, "Started only")


def test_it_is_what_the_page_of_each_says(call: Call, staff: Person) -> None:
    all_kinds(call, staff)
    noticing = Noticing(call, staff)
    rows = list(with_submissions(applications_for_staff(call, staff)))
    found = {str(row): noticing.hints(row) for row in rows}
    assert found == {str(row): noticed(row, staff)["hints"] for row in rows}
    assert found["A4 Started only"] == []
    assert "A2 ayton is from the same place." in found["A1 Ayton"]
    assert any("within the extension" in hint for hint in found["A3 Beeton"])


def test_it_is_in_the_file(client: Client, call: Call, staff: Person) -> None:
    all_kinds(call, staff)
    text = exported(client, call)
    for shown in ("What Placework noticed", "Shorten your answer to 2 words", "only “yes” is"):
        assert shown in text


def test_who_is_recused_gets_it_as_if_the_application_were_not_there(
    client: Client, call: Call, staff: Person
) -> None:
    submitted(call, "Ayton", q1="One two", agree=True)
    before = exported(client, call)
    planted = submitted(call, "ayton", q1="Quixotic one two", agree=False)
    assert "from the same place" in exported(client, call)
    builders.interest(builders.panel_member(call, staff), planted, Standing.RECUSED)
    assert exported(client, call) == before


def test_it_takes_as_many_queries_for_many(client: Client, call: Call, staff: Person) -> None:
    def add() -> None:
        row = submitted(call, q1="One two", agree=True)
        number = row.number
        builders.support(row, "sponsor", token_sha256=f"{number}")

    def count() -> int:
        with CaptureQueriesContext(connection) as captured:
            exported(client, call)
        return len(captured)

    add()
    count()
    few = count()
    for _ in range(8):
        add()
    assert count() == few
