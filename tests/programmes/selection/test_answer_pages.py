"""The pages on which an application is written, without a script and with one."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Membership, OutgoingMail, Person
from programmes.actions.answers import save_answer
from programmes.actions.call_versions import draft_change, publish_change
from programmes.models import (
    Answer,
    AnswerDraft,
    Application,
    ApplicationState,
    AttachedFile,
    QuestionKind,
)
from tests import builders
from tests.evaluation.extraction import files
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


def page_of(application: Application, key: str, verb: str = "") -> str:
    return reverse(f"programmes:answer{verb}", args=[application.pk, key])


def post(
    client: Client, application: Application, key: str, based_on: int = 0, **typed: Any
) -> Any:
    sent = {"based_on": based_on, "window": "w"} | typed
    return client.post(page_of(application, key), sent)


def html(response: HttpResponse) -> str:
    return response.content.decode()


def value_of(application: Application, key: str) -> Any:
    return Answer.objects.get(application=application, key=key).value


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


def test_a_file_is_sent_replaced_fetched_and_taken_away(
    client: Client, application: Application, writer: Person
) -> None:
    pdf = files.pdf("We met.")
    post(client, application, "file", answer=SimpleUploadedFile("letter.pdf", pdf))
    attached = AttachedFile.objects.get()
    page = html(client.get(page_of(application, "file")))
    assert "letter.pdf" in page
    path = reverse("programmes:application_file", args=[application.pk, attached.pk])
    assert path in page
    response = client.get(path)
    assert response.getvalue() == pdf
    assert response["Content-Disposition"] == 'attachment; filename="letter.pdf"'
    post(client, application, "file", 1, remove="yes")
    assert value_of(application, "file") is None
    assert client.get(path).getvalue() == pdf  # a submission may hold it


def test_a_picture_is_no_letter(client: Client, application: Application, writer: Person) -> None:
    sent = SimpleUploadedFile("letter.pdf", b"\x89PNG\r\n")
    page = html(post(client, application, "file", answer=sent))
    assert "This is a picture. Choose one of these" in page


def test_a_file_of_another_application_is_not_there(
    client: Client, application: Application, writer: Person
) -> None:
    post(client, application, "file", answer=SimpleUploadedFile("a.txt", b"We met."))
    other = builders.application(by=writer)
    attached = AttachedFile.objects.get()
    path = reverse("programmes:application_file", args=[other.pk, attached.pk])
    assert client.get(path).status_code == 404


def somebody_saves(application: Application, key: str, value: Any) -> None:
    save_answer(
        application=application,
        question=builders.asked(application, key),
        value=value,
        based_on=0,
        by=builders.person("Fay First"),
    )


@pytest.mark.parametrize(
    ("key", "theirs", "typed", "expected"),
    [
        ("text", "Theirs.", {"answer": "Mine."}, "Theirs.\n\nMine."),
        ("money", "5.00", {"answer": "7"}, 'value="£7"'),
        ("declaration", True, {"answer": "no"}, "Typed by you"),
        (
            "partners",
            [{"organisation": "Theirs", "sector": "nhs", "part": ""}],
            {"organisation_1": "Mine", "sector_1": "nhs"},
            'value="Mine"',
        ),
    ],
)
def test_when_two_write_the_second_sees_both(
    client: Client,
    application: Application,
    writer: Person,
    key: str,
    theirs: Any,
    typed: dict[str, str],
    expected: str,
) -> None:
    somebody_saves(application, key, theirs)
    response = post(client, application, key, **typed)
    assert response.status_code == 409
    page = html(response)
    assert "Somebody saved this answer while you were writing" in page
    assert "Fay First saved it on" in page
    assert expected in page
    assert value_of(application, key) == theirs
    draft = AnswerDraft.objects.get()
    path = reverse("programmes:answer_draft", args=[draft.pk])
    assert path in html(client.get(page_of(application, key)))
    assert path in html(client.get(application.get_absolute_url()))
    assert expected in html(client.get(path))
    response = client.post(path, {"based_on": 1, "window": "w", **typed})
    assert response.url == page_of(application, key)
    assert not AnswerDraft.objects.exists()
    assert value_of(application, key) != theirs


def test_when_two_send_a_file_the_second_chooses(
    client: Client, application: Application, writer: Person
) -> None:
    post(client, application, "file", answer=SimpleUploadedFile("theirs.txt", b"Theirs."))
    response = post(client, application, "file", answer=SimpleUploadedFile("mine.txt", b"Mine."))
    assert response.status_code == 409
    path = reverse("programmes:answer_draft", args=[AnswerDraft.objects.get().pk])
    assert "Select which file is the answer" in html(client.post(path, {"based_on": 1}))
    client.post(path, {"based_on": 1, "window": "w", "keep": "mine"})
    assert AttachedFile.objects.get(pk=value_of(application, "file")).file_name == "mine.txt"


def test_a_third_who_saves_meanwhile_is_noticed_too(
    client: Client, application: Application, writer: Person
) -> None:
    somebody_saves(application, "text", "Theirs.")
    post(client, application, "text", answer="Mine.")
    draft = AnswerDraft.objects.get()
    save_answer(
        application=application,
        question=builders.asked(application, "text"),
        value="A third.",
        based_on=1,
        by=builders.person("Theo Third"),
    )
    path = reverse("programmes:answer_draft", args=[draft.pk])
    response = client.post(path, {"based_on": 1, "window": "w", "answer": "Both."})
    assert response.status_code == 409
    assert "Theo Third saved it on" in html(response)


def test_a_draft_is_its_writers_alone_and_can_be_thrown_away(
    client: Client, application: Application, writer: Person
) -> None:
    somebody_saves(application, "text", "Theirs.")
    post(client, application, "text", answer="Mine.")
    path = reverse("programmes:answer_draft", args=[AnswerDraft.objects.get().pk])
    colleague = builders.grant(builders.person(), "applicant", application)
    other = Client()
    other.force_login(colleague)
    assert other.get(path).status_code == 404
    assert client.post(f"{path}discard/").url == application.get_absolute_url()
    assert not AnswerDraft.objects.exists()


def test_a_draft_of_what_is_no_longer_asked_can_be_copied(
    client: Client, application: Application, writer: Person
) -> None:
    somebody_saves(application, "text", "Theirs.")
    post(client, application, "text", answer="Mine and dear.")
    by = builders.staff(application.call.cohort.programme)
    version = draft_change(call=application.call, by=by)
    version.questions.filter(key="text").delete()
    publish_change(draft=version, change="One question less.", by=by)
    path = reverse("programmes:answer_draft", args=[AnswerDraft.objects.get().pk])
    assert "Mine and dear." in html(client.get(path))
    response = client.get(page_of(application, "text"), follow=True)
    assert "this question is no longer asked" in html(response)
    assert client.get(page_of(application, "never")).status_code == 404
    response = client.post(page_of(application, "text", "_autosave"), {"answer": "More."})
    assert response.status_code == 422


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
