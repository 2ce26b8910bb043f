"""The preview of a call: the page and the form, as those who apply will see them."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from programmes.models import Call, Phase
from tests import builders
from tests.programmes.walk_applications import QUESTIONS

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    hinted = [{**each, "hint": f"About {each['key']}"} for each in QUESTIONS]
    again = {"key": "again", "kind": "partners"}
    return builders.call(phase=Phase.PREPARATION, questions=[*hinted, again])


@pytest.fixture
def staff(client: Client, call: Call) -> Person:
    person = builders.staff(call.cohort.programme)
    client.force_login(person)
    return person


def preview(client: Client, call: Call) -> str:
    cohort = call.cohort
    address = reverse("programmes:call_preview", args=[cohort.programme.slug, cohort.number])
    return client.get(address).content.decode()


def test_each_question_is_shown_with_its_field(client: Client, call: Call, staff: Person) -> None:
    page = preview(client, call).split("The form</h2>")[1]
    for shown in (
        "Question 8 of 8",
        "<textarea",
        "100 words at most.",
        "In pounds, for example 10,000.",
        'value="Two"',
        'value="yes"',
        'type="file"',
        "Partner 3",
        "Voluntary and community",
        "About money",
    ):
        assert shown in page, shown


def test_nothing_can_be_filled_in_and_every_id_is_there_once(
    client: Client, call: Call, staff: Person
) -> None:
    page = preview(client, call)
    form = page.split("The form</h2>")[1].split("</main>")[0]
    fields = re.findall(r"<(?:input|select|textarea)\b[^>]*>", form)
    assert all("disabled" in each or "readonly" in each or "hidden" in each for each in fields)
    assert "<button" not in form
    ids = re.findall(r'\bid="([^"]+)"', page)
    assert len(ids) == len(set(ids))
    for described in re.findall(r'aria-describedby="([^"]+)"', form):
        assert set(described.split()) <= set(ids)
