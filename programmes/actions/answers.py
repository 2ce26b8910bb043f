"""Writing an answer. Whatever cannot be saved is kept as a draft first: nobody loses what they typed."""

import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import Person
from documents.files import keep
from programmes.actions.application_states import locked
from programmes.answers.kinds import Value
from programmes.application_states import MAY_BE_WRITTEN
from programmes.models import (
    Answer,
    AnswerDraft,
    AnswerRevision,
    Application,
    ApplicationState,
    AttachedFile,
    Question,
)
from programmes.recognising import (
    ACCEPTED,
    FileKind,
    NotTaken,
    fitting_name,
    recognise,
    refuse_locked_pdf,
)

LONGEST = 100_000  # characters of an answer
LONGEST_NAME = 200
NOT_OURS = "Open the question again: this page is not one of ours."


class Conflict(Exception):
    """Somebody saved the answer after the writer opened it. `draft` keeps what the writer typed."""

    def __init__(self, *, draft: AnswerDraft, current: AnswerRevision) -> None:
        super().__init__(f"{current.saved_by_name} saved this answer in the meantime.")
        self.draft = draft
        self.current = current


def save_answer(
    *,
    application: Application,
    question: Question,
    value: Value,
    based_on: int,
    by: Person,
    window: str = "",
) -> Answer:
    """Save the answer as its next revision; the same again changes nothing.

    `based_on` is the number of the revision that the writer started from, `window` names the page
    they type in. Raises Conflict if the answer moved on, ValidationError if it cannot be saved;
    either way what they typed is kept as a draft of that window.
    """
    with transaction.atomic():
        current = locked(application)
        answer, _ = Answer.objects.get_or_create(application=current, key=question.key)
        if not 0 <= based_on <= answer.number:
            raise ValidationError(NOT_OURS)
        refusal = _write(current, answer, value, based_on, by)
        if refusal is None:
            answer.drafts.filter(person=by, window=window).delete()
            return answer
        draft, _ = AnswerDraft.objects.update_or_create(
            answer=answer,
            person=by,
            window=window,
            defaults={"value": value, "based_on": based_on},
        )
    if isinstance(refusal, AnswerRevision):
        raise Conflict(draft=draft, current=refusal)
    raise refusal


def _write(
    application: Application, answer: Answer, value: Value, based_on: int, by: Person
) -> AnswerRevision | ValidationError | None:
    """Write the next revision, or say what stands in the way."""
    if value == answer.value:
        return None
    if fault := why_not_saved(application, value):
        return ValidationError(fault)
    if based_on != answer.number:
        return answer.revisions.get(number=answer.number)
    answer.number += 1
    answer.value = value
    answer.save(update_fields=["value", "number"])
    AnswerRevision.objects.create(
        answer=answer, number=answer.number, value=value, saved_by=by, saved_by_name=str(by)
    )
    return None


def why_not_saved(application: Application, value: Value) -> str:
    """Why nobody can save this, whoever saved what meanwhile; empty if they can."""
    if application.state == ApplicationState.SUBMITTED:
        return (
            "The application has been submitted meanwhile. Take it back to change it, if the call is"
            " still open."
        )
    if application.state not in MAY_BE_WRITTEN:
        return "The application can no longer be changed."
    length = len(json.dumps(value, ensure_ascii=False))
    if length > LONGEST:
        return f"The answer has {length:,} characters. Shorten it to {LONGEST:,} or fewer."
    return ""


def save_file(
    *,
    application: Application,
    question: Question,
    file_name: str,
    content: bytes,
    based_on: int,
    by: Person,
    window: str = "",
) -> Answer:
    """Answer with a file. What it is, its content tells; what is not taken is not stored."""
    kind = check_file(file_name, content)
    kept = keep(content, folder=f"applications/{application.pk}")
    attached = AttachedFile.objects.create(
        application=application,
        key=question.key,
        file=kept.name,
        file_name=_shortened(fitting_name(file_name, kind)),
        size=kept.size,
        sha256=kept.sha256,
        uploaded_by=by,
        uploaded_by_name=str(by),
    )
    return save_answer(
        application=application,
        question=question,
        value=attached.pk,
        based_on=based_on,
        by=by,
        window=window,
    )


def check_file(file_name: str, content: bytes) -> FileKind:
    """What it is. Raises ValidationError with what to do, if it is too large or of no such kind."""
    limit = settings.UPLOAD_LIMIT_MB
    if len(content) > limit * 1024 * 1024:
        raise ValidationError(f"Choose a file of at most {limit} MB.")
    try:
        kind = recognise(file_name, content)
        if kind is FileKind.PDF:
            refuse_locked_pdf(content)
    except NotTaken as refusal:
        instead = (
            f"Choose one of these: {ACCEPTED}." if refusal.instead is None else refusal.instead
        )
        raise ValidationError(f"{refusal.what} {instead}".strip()) from refusal
    return kind


def settle_draft(
    *, draft: AnswerDraft, question: Question, value: Value, based_on: int, by: Person
) -> Answer:
    """Save what became of a draft: the writer's answer, or both combined. The draft is gone then."""
    return save_answer(
        application=draft.answer.application,
        question=question,
        value=value,
        based_on=based_on,
        by=by,
        window=draft.window,
    )


def discard_draft(*, draft: AnswerDraft, by: Person) -> None:
    """Throw away what could not be saved. Only its writer may."""
    AnswerDraft.objects.filter(pk=draft.pk, person=by).delete()


def _shortened(file_name: str) -> str:
    """Names may be longer than a column; the end says what kind of file it is."""
    stem, dot, suffix = file_name.rpartition(".")
    if len(file_name) <= LONGEST_NAME or not dot:
        return file_name[:LONGEST_NAME]
    suffix = suffix[:20]
    return f"{stem[: LONGEST_NAME - 1 - len(suffix)]}.{suffix}"
