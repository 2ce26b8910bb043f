"""Saving an answer: revisions, two writers, and what cannot be saved and is kept."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import DatabaseError, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Person
from programmes.actions import answers as actions
from programmes.actions.answers import (
    Conflict,
    discard_draft,
    save_answer,
    save_file,
    settle_draft,
)
from programmes.models import (
    Answer,
    AnswerDraft,
    AnswerRevision,
    Application,
    ApplicationState,
    AttachedFile,
    QuestionKind,
)
from tests import builders
from tests.evaluation.extraction import files

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return builders.application()


@pytest.fixture
def writer(application: Application) -> Person:
    return builders.person("Wanda")


def save(
    application: Application, value: Any, by: Person, based_on: int = 0, **more: Any
) -> Answer:
    return save_answer(
        application=application,
        question=builders.asked(application),
        value=value,
        based_on=based_on,
        by=by,
        **more,
    )


def test_each_save_is_a_revision(application: Application, writer: Person) -> None:
    assert save(application, "One.", writer).number == 1
    assert save(application, "Two.", writer, 1).number == 2
    rows = AnswerRevision.objects.order_by("number")
    assert [(row.value, row.saved_by_name) for row in rows] == [
        ("One.", "Wanda"),
        ("Two.", "Wanda"),
    ]


def test_the_same_again_changes_nothing(application: Application, writer: Person) -> None:
    save(application, "One.", writer)
    assert save(application, "One.", writer, 0).number == 1  # also from a page that is behind


def test_when_two_write_the_second_is_told_and_their_text_is_kept(
    application: Application, writer: Person
) -> None:
    save(application, "First.", builders.person("Fay"))
    with pytest.raises(Conflict) as conflict:
        save(application, "Second.", writer, 0, window="w")
    draft = AnswerDraft.objects.get()
    assert conflict.value.draft == draft
    assert conflict.value.current.saved_by_name == "Fay"
    assert (draft.value, draft.based_on, draft.person) == ("Second.", 0, writer)
    assert Answer.objects.get().value == "First."
    question = builders.asked(application)
    settle_draft(draft=draft, question=question, value="Both.", based_on=1, by=writer)
    assert Answer.objects.get().value == "Both."
    assert not AnswerDraft.objects.exists()


def test_two_windows_of_one_person_keep_two_drafts(
    application: Application, writer: Person
) -> None:
    save(application, "First.", builders.person())
    for window in ("a", "b"):
        with pytest.raises(Conflict):
            save(application, f"In {window}.", writer, 0, window=window)
    assert AnswerDraft.objects.count() == 2


def test_only_its_writer_throws_a_draft_away(application: Application, writer: Person) -> None:
    save(application, "First.", builders.person())
    with pytest.raises(Conflict) as conflict:
        save(application, "Second.", writer)
    discard_draft(draft=conflict.value.draft, by=builders.person())
    assert AnswerDraft.objects.exists()
    discard_draft(draft=conflict.value.draft, by=writer)
    assert not AnswerDraft.objects.exists()


@pytest.mark.parametrize("state", ApplicationState)
def test_it_can_be_written_as_long_as_it_is_the_applicants(
    application: Application, writer: Person, state: ApplicationState
) -> None:
    Application.objects.update(state=state)
    if state in (ApplicationState.STARTED, ApplicationState.CORRECTION):
        assert save(application, "One.", writer).number == 1
        return
    with pytest.raises(ValidationError):
        save(application, "One.", writer)
    assert AnswerDraft.objects.get().value == "One."  # what was typed is not lost


def test_a_page_of_the_future_is_none_of_ours(application: Application, writer: Person) -> None:
    with pytest.raises(ValidationError, match="Open the question again"):
        save(application, "One.", writer, 5)


def test_too_long_an_answer_is_kept_and_not_saved(
    application: Application, writer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "LONGEST", 20)
    with pytest.raises(ValidationError, match="Shorten it to 20 or fewer"):
        save(application, "x" * 30, writer)
    assert AnswerDraft.objects.get().value == "x" * 30


def test_a_revision_never_changes(application: Application, writer: Person) -> None:
    save(application, "One.", writer)
    for change in (
        lambda: AnswerRevision.objects.update(value="Two."),
        lambda: AnswerRevision.objects.all().delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


@pytest.fixture
def with_file() -> Application:
    return builders.application(builders.call(questions=[{"kind": QuestionKind.FILE}]))


def send(application: Application, name: str, content: bytes, based_on: int = 0) -> Answer:
    return save_file(
        application=application,
        question=builders.asked(application),
        file_name=name,
        content=content,
        based_on=based_on,
        by=builders.person("Wanda"),
    )


def test_a_file_is_kept_with_its_digest_and_the_one_before_stays(with_file: Application) -> None:
    first = send(with_file, "letter.pdf", files.pdf("We met."))
    second = send(with_file, "letter.pdf", files.pdf("We met again."), 1)
    rows = AttachedFile.objects.order_by("pk")
    assert [row.pk for row in rows] == [first.value, second.value]
    assert all(default_storage.exists(row.file) for row in rows)
    assert rows[0].sha256 != rows[1].sha256


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("letter.pdf", b"", "This file is empty"),
        ("letter.pdf", b"\x89PNG\r\n", "This is a picture. Choose one of these: Word"),
        ("plan.pdf", b"MZ\0\0\0\0", "cannot be read. Choose one of these"),
        ("page.pdf", b"<html>", "This is a web page. Choose one of these"),
        ("slides.docx", files.archive(**{"ppt/presentation.xml": b"x"}), "Save it as a PDF"),
        ("bad.docx", b"PK\x03\x04 cut off", "damaged"),
    ],
)
def test_a_file_is_known_by_its_content(
    with_file: Application, name: str, content: bytes, sentence: str
) -> None:
    with pytest.raises(ValidationError, match=sentence):
        send(with_file, name, content)
    assert not AttachedFile.objects.exists()


def test_a_file_may_be_as_large_as_a_request(with_file: Application, settings: Any) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(ValidationError, match="at most 1 MB"):
        send(with_file, "long.txt", b"x" * (1024 * 1024 + 1))


def test_a_long_file_name_keeps_its_end(with_file: Application) -> None:
    send(with_file, "x" * 300 + ".txt", b"We met.")
    assert AttachedFile.objects.get().file_name == "x" * 196 + ".txt"


class TestWhateverIsTyped(TestCase):
    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
    @settings(max_examples=25)
    def test_a_text_comes_back_as_it_was_saved(self, text: str) -> None:
        application = builders.application()
        save(application, text, builders.person())
        answer = Answer.objects.get(application=application)
        assert answer.value == text
