"""What is typed is not lost: by a script that saves, a submission meanwhile, a session that ended."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Membership, OutgoingMail, Person
from programmes.models import (
    Answer,
    AnswerDraft,
    Application,
    ApplicationState,
    Call,
)
from tests import builders
from tests.programmes.selection.answering import html, page_of, post, somebody_saves
from tests.programmes.walk_applications import QUESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return builders.application(builders.call(questions=QUESTIONS), "Wakefield")


@pytest.fixture
def writer(application: Application, client: Client) -> Person:
    person = Person.objects.get(pk=application.started_by_id)
    client.force_login(person)
    return person


def test_what_was_submitted_meanwhile_is_locked_and_loses_nothing(
    client: Client, application: Application, writer: Person
) -> None:
    Application.objects.update(state=ApplicationState.SUBMITTED)
    page = html(post(client, application, "text", answer="Too late."))
    assert "has been submitted meanwhile" in page
    assert "Too late." in page
    assert AnswerDraft.objects.get().value == "Too late."
    page = html(client.get(page_of(application, "text")))
    assert "its answers are locked" in page
    assert "readonly" in page
    assert "<button" not in page.split("<main")[1].split("</form>")[0]


def autosave(client: Client, application: Application, key: str, **sent: Any) -> Any:
    return client.post(page_of(application, key, "_autosave"), {"window": "w"} | sent)


def test_the_script_saves_the_same_way(
    client: Client, application: Application, writer: Person
) -> None:
    answer = autosave(client, application, "text", answer="One.", based_on=0)
    told = json.loads(answer.content)
    assert (told["state"], told["number"]) == ("saved", 1)
    assert told["sentence"].startswith("Saved at ")
    long = autosave(client, application, "text", answer="word " * 101, based_on=1)
    assert json.loads(long.content)["state"] == "wanting"
    wrong = autosave(client, application, "money", answer="lots", based_on=0)
    assert wrong.status_code == 422
    assert "Not saved yet. Enter an amount" in json.loads(wrong.content)["sentence"]


def test_the_script_is_told_of_a_second_writer(
    client: Client, application: Application, writer: Person
) -> None:
    somebody_saves(application, "text", "Theirs.")
    answer = autosave(client, application, "text", answer="Mine.", based_on=0)
    told = json.loads(answer.content)
    assert (answer.status_code, told["state"]) == (409, "conflict")
    assert "Fay First saved this answer" in told["sentence"]
    assert client.get(told["address"]).status_code == 200
    Application.objects.update(state=ApplicationState.SUBMITTED)
    late = autosave(client, application, "text", answer="Late.", based_on=1)
    assert "has been submitted meanwhile" in json.loads(late.content)["sentence"]


def test_a_colleague_who_was_removed_writes_no_more(
    client: Client, application: Application, writer: Person
) -> None:
    Membership.objects.filter(person=writer).delete()
    assert post(client, application, "text", answer="One.").status_code == 404
    assert autosave(client, application, "text", answer="One.", based_on=0).status_code == 404


def code() -> str:
    found = re.search(r"[A-Z]{4}-[A-Z]{4}", OutgoingMail.objects.latest("pk").text)
    assert found
    return found.group()


def sign_in(client: Client, person: Person, page: str) -> HttpResponse:
    sign_in = client.get(page).url if page.startswith("/programmes") else page
    asked = client.post(sign_in, {"email": person.email, "next": page})
    return client.post(asked.url, {"code": code()})


@pytest.fixture
def signed_out(client: Client, writer: Person) -> Iterator[Client]:
    """A browser whose session has ended while its page was open."""
    client.logout()
    return client


def test_what_is_typed_after_the_session_ended_is_shown_after_sign_in(
    signed_out: Client, application: Application, writer: Person
) -> None:
    page = page_of(application, "text")
    response = post(signed_out, application, "text", answer="Typed late.", writer=writer.pk)
    assert response.url.startswith("/accounts/sign-in/")
    response = sign_in(signed_out, writer, page)
    assert response.url == page
    shown = html(signed_out.get(page))
    assert "You were signed out before this was saved" in shown
    assert "Typed late." in shown
    assert not Answer.objects.exists()  # they look at it first
    assert "Typed late." not in html(signed_out.get(page))  # it is told once


def test_nobody_else_is_shown_what_was_typed(
    signed_out: Client, application: Application, writer: Person
) -> None:
    post(signed_out, application, "text", answer="Typed late.", writer=writer.pk)
    other = builders.grant(builders.person(), "applicant", application)
    page = page_of(application, "text")
    sign_in(signed_out, other, page)
    assert "Typed late." not in html(signed_out.get(page))


def test_more_than_a_page_can_hold_is_not_kept_for_strangers(
    client: Client, application: Application
) -> None:
    post(client, application, "text", answer="x" * 600_000)
    assert "typed_while_signed_out" not in client.session


def test_a_call_that_closes_while_somebody_writes_loses_nothing(
    client: Client, application: Application, writer: Person
) -> None:
    page = page_of(application, "text")
    assert client.get(page).status_code == 200
    Call.objects.update(closes_at=timezone.now())
    told = autosave(client, application, "text", answer="Typed at five.", based_on=0)
    assert json.loads(told.content)["state"] == "saved"
    response = post(client, application, "text", 1, answer="Typed at five past.", next="yes")
    assert response.url == page_of(application, "number")
    assert Answer.objects.get(key="text").value == "Typed at five past."
    submit = reverse("programmes:application_submit", args=[application.pk])
    refused = html(client.post(submit))
    assert "The time to submit is over. What you wrote is kept. Ask the programme" in refused
    assert Application.objects.get().state == ApplicationState.STARTED


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("money", "-5", "Enter an amount in pounds"),
        ("money", "£10k", "Enter an amount in pounds"),
        ("money", "1e9", "Enter an amount in pounds"),
        ("money", "1,50", "Enter an amount in pounds"),
        ("money", "1.234,50", "Enter an amount in pounds"),
        ("money", "0.005", "Enter an amount in pounds"),
        ("number", "1e9", "Enter a number"),
        ("number", "٣", "Enter a number"),
        ("number", "1 000 000 000 000 000", "Enter a number"),
    ],
)
def test_an_amount_that_can_be_meant_in_two_ways_is_asked_again(
    client: Client, application: Application, writer: Person, key: str, typed: str, sentence: str
) -> None:
    post(client, application, key, answer="7")
    page = html(post(client, application, key, 1, answer=typed))
    assert sentence in page
    assert f'value="{typed}"' in page
    assert Answer.objects.get(key=key).number == 1  # what was saved before stays


def test_a_table_of_partners_takes_what_is_pasted_and_says_when_it_is_full(
    client: Client, application: Application, writer: Person
) -> None:
    rows = {f"organisation_{number}": f"Partner {number}" for number in range(1, 201)}
    rows["organisation_2"] = "Age\tUK\r\nWakefield"
    rows["organisation_3"] = " \t "
    response = post(client, application, "partners", **rows)
    page = html(response)
    assert "At most 40 partners can be kept" in page
    assert not Answer.objects.filter(key="partners", number__gt=0).exists()
    kept = {name: text for name, text in rows.items() if int(name.split("_")[1]) <= 40}
    post(client, application, "partners", **kept)
    value = Answer.objects.get(key="partners").value
    assert [row["organisation"] for row in value[:2]] == ["Partner 1", "Age UK Wakefield"]
    assert len(value) == 39  # the empty one is none
