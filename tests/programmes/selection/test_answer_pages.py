"""The pages on which an application is written, without a script."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Person
from programmes.actions.answers import save_answer
from programmes.models import (
    Answer,
    Application,
    QuestionKind,
)
from tests import builders
from tests.programmes.selection.answering import html, page_of, post, value_of
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


def test_the_list_says_what_is_answered_and_what_is_missing(
    client: Client, application: Application, writer: Person
) -> None:
    question = builders.asked(application, "text")
    save_answer(
        application=application, question=question, value="word " * 101, based_on=0, by=writer
    )
    question = builders.asked(application, "money")
    save_answer(application=application, question=question, value="5.00", based_on=0, by=writer)
    page = html(client.get(application.get_absolute_url()))
    assert "2 of 7 questions" in page
    assert "Shorten your answer to 100 words or fewer. It has 101." in page
    assert page.count("Not answered") == 5
    assert "(London time)" in page


def test_the_list_takes_as_many_queries_for_one_question_as_for_many(
    client: Client, writer: Person, application: Application, django_assert_num_queries: Any
) -> None:
    few = builders.application(builders.call(), by=writer)
    many = builders.application(
        builders.call(questions=[{"key": f"k{number}"} for number in range(30)]), by=writer
    )
    for each in (few, many):
        with django_assert_num_queries(8):
            client.get(each.get_absolute_url())
        last = builders.asked(each, "q1" if each == few else "k29")
        with django_assert_num_queries(6):
            client.get(page_of(each, last.key))


@pytest.mark.parametrize(
    ("key", "typed", "value", "shown"),
    [
        ("text", {"answer": " One.\r\n\r\nTwo. "}, " One.\n\nTwo. ", " One."),
        ("number", {"answer": "1,200"}, "1200", 'value="1,200"'),
        ("money", {"answer": "£10,000"}, "10000.00", 'value="£10,000"'),
        ("choice", {"answer": "Two"}, "Two", "checked"),
        ("declaration", {"answer": "no"}, False, "checked"),
        (
            "partners",
            {
                "organisation_1": "Age UK",
                "sector_1": "voluntary",
                "part_1": "Visits",
                "organisation_3": "Hull CC",
                "sector_3": "local_government",
            },
            [
                {"organisation": "Age UK", "sector": "voluntary", "part": "Visits"},
                {"organisation": "Hull CC", "sector": "local_government", "part": ""},
            ],
            'value="Age UK"',
        ),
    ],
)
def test_each_kind_is_saved_without_a_script(
    client: Client,
    application: Application,
    writer: Person,
    key: str,
    typed: dict[str, str],
    value: Any,
    shown: str,
) -> None:
    response = post(client, application, key, **typed)
    assert response.url == page_of(application, key)
    assert value_of(application, key) == value
    page = html(client.get(response.url))
    assert "Your answer is saved." in page
    assert shown in page
    assert "Saved by" in page


def test_save_and_go_on_leads_through_all_questions_to_the_list(
    client: Client, application: Application, writer: Person
) -> None:
    response = post(client, application, "text", answer="One.", next="yes")
    assert response.url == page_of(application, "number")
    rows = {"organisation_1": "Age UK", "sector_1": "voluntary"}
    assert post(client, application, "partners", **rows, next="yes").url == (
        application.get_absolute_url()
    )


def test_what_cannot_be_submitted_yet_is_saved_and_said(
    client: Client, application: Application, writer: Person
) -> None:
    response = post(client, application, "text", answer="word " * 101, next="yes")
    assert response.url == page_of(application, "text")  # there is something to read first
    assert "Before you submit: Shorten your answer to 100 words" in html(client.get(response.url))
    assert value_of(application, "text") == "word " * 101


@pytest.mark.parametrize(
    ("key", "typed", "sentence"),
    [
        ("money", {"answer": "ten thousand"}, "Enter an amount in pounds, like 10,000"),
        ("number", {"answer": "1.2.3"}, "Enter a number, like 12.5"),
        ("choice", {"answer": "Seven"}, "Select one of the choices"),
        ("declaration", {"answer": "perhaps"}, "Select yes or no"),
        ("partners", {"sector_1": "witches"}, "Select a sector that is in the list"),
        ("file", {}, "Select a file first"),
    ],
)
def test_what_cannot_be_read_is_refused_and_stays_as_it_was_typed(
    client: Client,
    application: Application,
    writer: Person,
    key: str,
    typed: dict[str, str],
    sentence: str,
) -> None:
    page = html(post(client, application, key, **typed))
    assert sentence in page
    if key in ("money", "number"):
        assert f'value="{typed["answer"]}"' in page
    assert not Answer.objects.filter(key=key, number__gt=0).exists()


def test_there_is_room_for_more_partners(
    client: Client, application: Application, writer: Person
) -> None:
    rows = {f"organisation_{number}": f"Partner {number}" for number in (1, 2, 3)}
    response = post(client, application, "partners", **rows, more="yes")
    assert len(value_of(application, "partners")) == 3
    assert "organisation_9" in html(client.get(response.url))
    assert "organisation_41" not in html(client.get(page_of(application, "partners") + "?rows=99"))
    for senseless in ("-1", "x", "1" * 30, "٣"):
        page = client.get(page_of(application, "partners"), {"rows": senseless})
        assert "organisation_6" in html(page)


class TestWhateverIsTyped(TestCase):
    @given(st.sampled_from([kind for kind in QuestionKind.values if kind != "file"]), st.data())
    @settings(max_examples=60)
    def test_no_text_breaks_a_page(self, key: str, data: st.DataObject) -> None:
        application = builders.application(builders.call(questions=QUESTIONS))
        client = Client()
        client.force_login(Person.objects.get(pk=application.started_by_id))
        names = ["answer", "based_on", "window", "organisation_1", "sector_1", "part_2"]
        typed = {name: data.draw(st.text() | st.just("0")) for name in names}
        response = client.post(page_of(application, key), typed)
        assert response.status_code in (200, 302)
