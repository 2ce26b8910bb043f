"""What an answer was before: listed, compared, and taken back."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from programmes.actions.answers import save_answer
from programmes.models import Answer, AnswerDraft, AnswerRevision, Application, ApplicationState
from programmes.queries import wordings
from programmes.queries.wordings import wordings_of
from tests import builders
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


def save(application: Application, *values: Any, by: Person, key: str = "text") -> Answer:
    """One after the other."""
    question = builders.asked(application, key)
    for value in values:
        answer = Answer.objects.filter(application=application, key=key).first()
        based_on = answer.number if answer else 0
        save_answer(
            application=application, question=question, value=value, based_on=based_on, by=by
        )
    return Answer.objects.get(application=application, key=key)


def page_of(application: Application, *number: int, key: str = "text") -> str:
    name = "programmes:wording" if number else "programmes:wordings"
    return reverse(name, args=[application.pk, key, *number])


def html(response: Any) -> str:
    text: str = response.content.decode()
    return text


@pytest.fixture(autouse=True)
def every_save_is_a_sitting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wordings, "SITTING", timedelta())


def test_every_wording_is_listed_with_who_saved_it(
    client: Client, application: Application, writer: Person
) -> None:
    question = reverse("programmes:answer", args=[application.pk, "text"])
    save(application, "One.", by=builders.person("Fay First"))
    assert "Earlier wordings" not in html(client.get(question))
    save(application, "Two.", by=writer)
    assert page_of(application) in html(client.get(question))
    page = html(client.get(page_of(application)))
    assert "Fay First" in page
    assert page_of(application, 1) in page
    assert page_of(application, 2) not in page  # it is the answer now
    assert "(London time), as it is now" in page


def test_of_one_sitting_the_last_is_listed(
    application: Application, writer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wordings, "SITTING", timedelta(minutes=10))
    answer = save(application, "O", "One", by=builders.person())
    save(application, "One t", "One two", by=writer)
    assert [row.number for row in wordings_of(answer)] == [4, 2]
    later = timezone.now() + timedelta(hours=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    save(application, "One two three", by=writer)
    assert [row.number for row in wordings_of(answer)] == [5, 4, 2]


def test_one_is_compared_with_the_answer_and_taken_back(
    client: Client, application: Application, writer: Person
) -> None:
    save(application, "We meet on Mondays.", "We meet on Fridays.", by=writer)
    page = html(client.get(page_of(application, 1)))
    assert "We meet on Mondays." in page
    assert "[taken away: </span>Mondays<" in page
    assert "[added: </span>Fridays<" in page
    response = client.post(page_of(application, 1), {"based_on": 2})
    assert response.url == reverse("programmes:answer", args=[application.pk, "text"])
    answer = Answer.objects.get()
    assert (answer.value, answer.number) == ("We meet on Mondays.", 3)
    assert AnswerRevision.objects.count() == 3  # nothing is lost
    assert "The answer is the same now." in html(client.get(page_of(application, 1)))


def test_who_takes_one_back_while_another_saves_is_told(
    client: Client, application: Application, writer: Person
) -> None:
    save(application, "One.", "Two.", by=writer)
    save(application, "Three.", by=builders.person("Theo Third"))
    response = client.post(page_of(application, 1), {"based_on": 2})
    assert response.status_code == 409
    assert "Theo Third saved it on" in html(response)
    assert AnswerDraft.objects.get().value == "One."
    assert Answer.objects.get().value == "Three."


def test_what_is_submitted_can_be_read_and_not_taken_back(
    client: Client, application: Application, writer: Person
) -> None:
    save(application, "One.", "Two.", by=writer)
    Application.objects.update(state=ApplicationState.SUBMITTED)
    assert "Make it the answer again" not in html(client.get(page_of(application, 1)))
    page = html(client.post(page_of(application, 1), {"based_on": 2}))
    assert "has been submitted meanwhile" in page
    assert Answer.objects.get().value == "Two."


@pytest.mark.parametrize(
    ("key", "first", "second", "shown"),
    [
        ("money", "10000.00", "5.00", "£10,000"),
        ("declaration", True, False, "Yes"),
        ("partners", [{"organisation": "Age UK", "sector": "nhs", "part": ""}], [], "Age UK (NHS"),
        ("text", "<script>alert(1)</script>", "x", "&lt;script&gt;"),
        ("choice", None, "Two", "It was empty."),
    ],
)
def test_each_kind_is_shown_in_words(
    client: Client,
    application: Application,
    writer: Person,
    key: str,
    first: Any,
    second: Any,
    shown: str,
) -> None:
    before = [second] if first is None else []
    save(application, *before, first, second, by=writer, key=key)
    number = len(before) + 1
    assert shown in html(client.get(page_of(application, number, key=key)))


def test_an_earlier_file_can_be_had_again(
    client: Client, application: Application, writer: Person
) -> None:
    address = reverse("programmes:answer", args=[application.pk, "file"])
    for number, name in enumerate(("first.txt", "second.txt")):
        sent = SimpleUploadedFile(name, name.encode())
        client.post(address, {"based_on": number, "window": "w", "answer": sent})
    assert "first.txt" in html(client.get(page_of(application, 1, key="file")))
    client.post(page_of(application, 1, key="file"), {"based_on": 2})
    assert "first.txt" in html(client.get(address))


def test_the_list_takes_as_many_queries_for_many(
    client: Client, application: Application, writer: Person, django_assert_num_queries: Any
) -> None:
    save(application, "One.", by=writer)
    client.get(page_of(application))
    for more in ([], [f"Wording {number}." for number in range(30)]):
        save(application, *more, by=writer)
        with django_assert_num_queries(7):
            client.get(page_of(application))
