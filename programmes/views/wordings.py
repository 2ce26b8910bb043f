"""What an answer was before: who wrote what and when, and a way to take it back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from documents.differences import differences
from documents.forms import RevisionForm
from programmes.actions.answers import Conflict, save_answer
from programmes.answers.kinds import as_text, fits
from programmes.application_states import MAY_BE_WRITTEN
from programmes.models import Answer, AnswerRevision, QuestionKind
from programmes.queries.wordings import wordings_of
from programmes.queries.writing import file_called
from programmes.views.answer_drafts import draft_page
from programmes.views.answers import Asked, written


def _asked(request: SignedInRequest, pk: int, key: str) -> Asked:
    """A question that is asked now, of an application that this person writes."""
    asked = Asked(written(request, pk), key)
    if asked.at is None:
        raise Http404
    return asked


@require_safe
def wordings(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """All wordings of one answer."""
    asked = _asked(request, pk, key)
    answer = asked.answer()
    context = {
        "application": asked.application,
        "call": asked.application.call,
        "question": asked.question,
        "answer": answer,
        "wordings": wordings_of(answer) if answer.pk else [],
    }
    return render(request, "programmes/wordings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def wording(request: SignedInRequest, pk: int, key: str, number: int) -> HttpResponse:
    """One wording beside what the answer is now."""
    asked = _asked(request, pk, key)
    answer = asked.answer()
    revision = get_object_or_404(AnswerRevision, answer=answer.pk, number=number)
    sent = request.POST if request.method == "POST" else None
    form = RevisionForm(sent, initial={"based_on": answer.number})
    if form.is_valid():
        try:
            save_answer(
                application=asked.application,
                question=asked.question,
                value=revision.value,
                based_on=form.cleaned_data["based_on"],
                by=request.user,
            )
        except Conflict as conflict:
            return draft_page(request, asked.question, conflict.draft, status=409)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "The earlier wording is your answer again.")
            return redirect(asked.address)
    return render(request, "programmes/wording.html", _page(asked, answer, revision, form))


def _page(
    asked: Asked, answer: Answer, revision: AnswerRevision, form: RevisionForm
) -> dict[str, object]:
    application, question = asked.application, asked.question
    then, now = as_text(question, revision.value), as_text(question, answer.value)
    is_file = question.kind == QuestionKind.FILE
    can_be_taken_back = (
        application.state in MAY_BE_WRITTEN
        and revision.value != answer.value
        and fits(question, revision.value)
    )
    return {
        "application": application,
        "call": application.call,
        "question": question,
        "revision": revision,
        "form": form,
        "then": then,
        "runs": differences(then, now),
        "is_same": revision.value == answer.value,
        "is_file": is_file,
        "file": file_called(revision.value) if is_file else None,
        "can_be_taken_back": can_be_taken_back,
    }
