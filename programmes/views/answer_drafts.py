"""What somebody typed and could not save, beside what is saved now."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.requests import SignedInRequest
from documents.differences import differences
from programmes.actions.answers import Conflict, discard_draft, settle_draft, why_not_saved
from programmes.answers.kinds import Value, as_text
from programmes.answers.merging import Together, together
from programmes.forms.answers import WORDS, AnswerForm, KeepForm, answer_form
from programmes.models import AnswerDraft, Question, QuestionKind
from programmes.queries.writing import file_called, questions_of

WRITE = "programmes.write_application"


@require_http_methods(["GET", "HEAD", "POST"])
def answer_draft(request: SignedInRequest, pk: int) -> HttpResponse:
    """What could not be saved, beside what is saved now; both can be put together here."""
    row = _own_draft(request, pk)
    question = questions_of(row.answer.application.call_id).filter(key=row.answer.key).first()
    if question is None:
        return render(request, "programmes/answer_draft_unasked.html", _context(row))
    if request.method != "POST":
        return draft_page(request, question, row)
    form = _form(question, request.POST)
    if form.is_valid():
        try:
            settle_draft(
                draft=row,
                question=question,
                value=_chosen(form, row),
                based_on=form.cleaned_data["based_on"],
                by=request.user,
            )
        except Conflict as conflict:
            return draft_page(request, question, conflict.draft, status=409)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, "Your answer is saved.")
            return redirect("programmes:answer", row.answer.application_id, question.key)
    return draft_page(request, question, row, form=form)


@require_POST
def answer_draft_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _own_draft(request, pk)
    discard_draft(draft=row, by=request.user)
    messages.success(request, "What you typed is thrown away.")
    return redirect(row.answer.application)


def _own_draft(request: SignedInRequest, pk: int) -> AnswerDraft:
    """A draft is its writer's alone, and only while they write the application."""
    rows = AnswerDraft.objects.select_related("answer__application__call__cohort__programme")
    row = rows.filter(pk=pk, person=request.user).first()
    if row is None or not request.user.has_perm(WRITE, row.answer.application):
        raise Http404
    return row


def _form(question: Question, *data: Any, **initial: Any) -> AnswerForm | KeepForm:
    if question.kind == QuestionKind.FILE:
        return KeepForm(*data, **initial)
    return answer_form(question, *data, **initial)


def _chosen(form: AnswerForm | KeepForm, row: AnswerDraft) -> Value:
    if isinstance(form, AnswerForm):
        return form.value()
    return row.value if form.cleaned_data["keep"] == KeepForm.MINE else row.answer.value


def draft_page(
    request: SignedInRequest,
    question: Question,
    row: AnswerDraft,
    *,
    form: AnswerForm | KeepForm | None = None,
    status: int = 200,
) -> HttpResponse:
    """The draft's page, at its own address or in answer to the save that made it."""
    current = row.answer
    base = current.revisions.filter(number=row.based_on).values_list("value", flat=True).first()
    merged = together(question.kind, base, row.value, current.value)
    is_stale = row.based_on != current.number
    if form is None:
        form = _begun(question, row, merged if is_stale else Together(row.value, is_clean=True))
    revision = current.revisions.filter(number=current.number).first()
    mine, theirs = as_text(question, row.value), as_text(question, current.value)
    is_file = question.kind == QuestionKind.FILE
    refusal = "" if form.is_bound else why_not_saved(current.application, row.value)
    context = _context(row) | {
        "form": form,
        "question": question,
        "is_stale": is_stale,
        "is_clean": merged.is_clean,
        "is_long": question.kind in (QuestionKind.TEXT, QuestionKind.PARTNERS),
        "is_file": is_file,
        "my_file": file_called(row.value) if is_file else None,
        "their_file": file_called(current.value) if is_file else None,
        "refusal": refusal,
        "revision": revision,
        "mine": mine,
        "theirs": theirs,
        "runs": differences(theirs, mine),
        "words": WORDS if question.word_limit is not None else "",
    }
    return render(request, "programmes/answer_draft.html", context, status=status)


def _context(row: AnswerDraft) -> dict[str, Any]:
    return {"draft": row, "application": row.answer.application}


def _begun(question: Question, row: AnswerDraft, proposal: Together) -> AnswerForm | KeepForm:
    form = _form(question, initial={"based_on": row.answer.number, "window": row.window})
    if isinstance(form, AnswerForm):
        form.show(proposal.value)
    return form
