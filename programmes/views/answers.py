"""Writing an application, question by question."""

from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from accounts.typed import keeps_typed, typed_before
from programmes.actions.answers import Conflict, save_answer, save_file
from programmes.answers.kinds import faults_of
from programmes.application_states import MAY_BE_WRITTEN
from programmes.forms.answers import ANSWER, WORDS, AnswerForm, answer_form
from programmes.models import Answer, AnswerRevision, Application, Question, QuestionKind
from programmes.queries.applications import applications_to_write
from programmes.queries.writing import file_called, questions_of, with_latest
from programmes.views.answer_drafts import draft_page

KNOWN = "programmes.view_application"
WRITE = "programmes.write_application"
MORE_ROWS = 3


def written(request: SignedInRequest, pk: int) -> Application:
    """An application that this person writes."""
    return fetch(request.user, applications_to_write(), view=KNOWN, needs=WRITE, pk=pk)


class Asked:
    """One question among the others of its application."""

    def __init__(self, application: Application, key: str) -> None:
        self.application = application
        self.questions = list(questions_of(application.call_id))
        self.at = next((at for at, each in enumerate(self.questions) if each.key == key), None)
        self.key = key

    @property
    def question(self) -> Question:
        assert self.at is not None
        return self.questions[self.at]

    @property
    def previous(self) -> Question | None:
        return self.questions[self.at - 1] if self.at else None

    @property
    def address(self) -> str:
        return _address(self.application, self.question)

    @property
    def next_address(self) -> str:
        """The next question, or the application after the last."""
        assert self.at is not None
        if self.at + 1 == len(self.questions):
            return self.application.get_absolute_url()
        return _address(self.application, self.questions[self.at + 1])

    def answer(self) -> Answer:
        """As it stands, with `saved_by_name` and `saved_at`; a new one, if nobody has answered."""
        found = next(iter(with_latest(self.application.answers.filter(key=self.key))), None)
        return found or Answer(application=self.application, key=self.key)


def _address(application: Application, question: Question) -> str:
    return reverse("programmes:answer", args=[application.pk, question.key])


@keeps_typed
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """One question, and its answer to write."""
    asked = Asked(written(request, pk), key)
    if asked.at is None:
        return _no_longer_asked(request, asked.application, key)
    row = asked.answer()
    form = _form(request, asked.question, row)
    if request.method == "POST" and form.is_valid():
        try:
            return _save(request, asked, form)
        except Conflict as conflict:
            return draft_page(request, asked.question, conflict.draft, status=409)
        except ValidationError as refused:
            form.add_error(ANSWER if ANSWER in form.fields else None, refused)
    return render(request, "programmes/answer.html", _page(request, asked, row, form))


def _no_longer_asked(request: SignedInRequest, application: Application, key: str) -> HttpResponse:
    if not application.answers.filter(key=key).exists():
        raise Http404
    messages.warning(request, "The call has changed: this question is no longer asked.")
    return redirect(application)


def _form(request: SignedInRequest, question: Question, row: Answer) -> AnswerForm:
    rows = _rows_asked_for(request.GET)
    if request.method == "POST":
        return answer_form(question, request.POST, request.FILES, rows=rows)
    if typed := typed_before(request):
        messages.warning(
            request,
            "You were signed out before this was saved. Here is what you typed: read it, and save it.",
        )
        return answer_form(question, typed, rows=rows)
    begun = {"based_on": row.number, "window": str(uuid4())}
    form = answer_form(question, initial=begun, rows=rows)
    form.show(row.value)
    if row.application.state not in MAY_BE_WRITTEN:
        form.lock()
    return form


def _rows_asked_for(asked: QueryDict) -> int:
    rows = asked.get("rows", "")
    return int(rows) if rows.isascii() and rows.isdecimal() and len(rows) < 3 else 0


def _save(request: SignedInRequest, asked: Asked, form: AnswerForm) -> HttpResponse:
    saved = _saved(request, asked, form)
    if "more" in request.POST:
        messages.success(request, "Your answer is saved, and there is room for more.")
        return redirect(f"{asked.address}?rows={len(saved.value or []) + 2 * MORE_ROWS}")
    if found := faults_of(asked.question, saved.value):
        messages.warning(request, f"Your answer is saved. Before you submit: {' '.join(found)}")
        return redirect(asked.address)
    messages.success(request, "Your answer is saved.")
    return redirect(asked.next_address if "next" in request.POST else asked.address)


def _saved(request: SignedInRequest, asked: Asked, form: AnswerForm) -> Answer:
    common: dict[str, Any] = {
        "application": asked.application,
        "question": asked.question,
        "based_on": form.cleaned_data["based_on"],
        "window": form.cleaned_data["window"],
        "by": request.user,
    }
    if asked.question.kind != QuestionKind.FILE:
        return save_answer(value=form.value(), **common)
    if "remove" in request.POST:
        return save_answer(value=None, **common)
    file = form.value()
    if not file:
        raise ValidationError("Select a file first")
    return save_file(file_name=file.name, content=file.read(), **common)


def _page(request: SignedInRequest, asked: Asked, row: Answer, form: AnswerForm) -> dict[str, Any]:
    application, question = asked.application, asked.question
    assert asked.at is not None
    is_file = question.kind == QuestionKind.FILE
    return {
        "form": form,
        "application": application,
        "question": question,
        "may_be_written": application.state in MAY_BE_WRITTEN,
        "is_file": is_file,
        "is_table": question.kind == QuestionKind.PARTNERS,
        "position": asked.at + 1,
        "count": len(asked.questions),
        "previous": asked.previous,
        "next_address": asked.next_address,
        "drafts": row.drafts.filter(person=request.user) if row.pk else [],
        "file": file_called(row.value) if is_file else None,
        "has_earlier": row.number > 1,
        "saved_by_name": getattr(row, "saved_by_name", None),
        "saved_at": getattr(row, "saved_at", None),
        "words": WORDS if question.word_limit is not None else "",
    }


@require_POST
def answer_autosave(request: SignedInRequest, pk: int, key: str) -> JsonResponse:
    """The same save for the page's script: what became of it, in a sentence for the writer."""
    asked = Asked(written(request, pk), key)
    if asked.at is None or asked.question.kind == QuestionKind.FILE:
        return _answer("refused", "Not saved. This question is no longer asked.", status=422)
    form = answer_form(asked.question, request.POST)
    if not form.is_valid():
        return _answer("refused", f"Not saved yet. {_sentences(form)}", status=422)
    try:
        saved = _saved(request, asked, form)
    except Conflict as conflict:
        address = reverse("programmes:answer_draft", args=[conflict.draft.pk])
        return _answer("conflict", _told(conflict.current), status=409, address=address)
    except ValidationError as refused:
        return _answer("refused", f"Not saved. {' '.join(refused.messages)}", status=422)
    at = f"Saved at {date_format(timezone.localtime(), 'H:i')}."
    found = faults_of(asked.question, saved.value)
    if found and saved.value:
        return _answer("wanting", f"{at} Before you submit: {' '.join(found)}", number=saved.number)
    return _answer("saved", at, number=saved.number)


def _answer(state: str, sentence: str, *, status: int = 200, **more: Any) -> JsonResponse:
    return JsonResponse({"state": state, "sentence": sentence, **more}, status=status)


def _sentences(form: AnswerForm) -> str:
    return " ".join(f"{sentence}." for errors in form.errors.values() for sentence in errors)


def _told(current: AnswerRevision) -> str:
    at = date_format(timezone.localtime(current.saved_at), "H:i")
    return (
        f"{current.saved_by_name} saved this answer at {at}, after you opened it."
        " What you type is kept as your draft."
    )
