"""When two write at once: the pages on which their answers are put together."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from programmes.actions.answers import save_answer
from programmes.actions.call_versions import draft_change, publish_change
from programmes.models import (
    AnswerDraft,
    Application,
    AttachedFile,
)
from tests import builders
from tests.programmes.selection.answering import html, page_of, post, somebody_saves, value_of
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
