"""The questions of a call's draft, each changed by a form of its own: no script is needed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.editing import edit_page
from accounts.requests import SignedInRequest
from programmes.actions.call_parts import add_question, change_question
from programmes.forms.question import WHAT_IT_IS, question_form
from programmes.models import Question, QuestionKind
from programmes.views.call_parts import in_draft, moved, part_to_change, removed
from programmes.views.call_preparation import about, call_to_manage, draft_to_change


@require_safe
def question_kinds(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Which kind of question to add."""
    call = call_to_manage(request, slug, number)
    draft_to_change(call)
    kinds = [(kind, WHAT_IT_IS[kind]) for kind in QuestionKind]
    return render(request, "programmes/question_kinds.html", about(call, kinds=kinds))


@require_http_methods(["GET", "HEAD", "POST"])
def question_create(request: SignedInRequest, slug: str, number: int, kind: str) -> HttpResponse:
    if kind not in QuestionKind.values:
        raise Http404
    call = call_to_manage(request, slug, number)
    draft = draft_to_change(call)
    form = question_form(kind, request.POST or None)
    asked = {"version": draft, "kind": QuestionKind(kind), "by": request.user}
    if question := form.through(add_question, **asked):
        messages.success(request, f"“{question}” was added")
        return redirect(in_draft(call, question))
    context = about(call, form=form, kind=QuestionKind(kind))
    return render(request, "programmes/question_create.html", context)


@edit_page
def question_edit(request: SignedInRequest, slug: str, number: int, key: str) -> HttpResponse:
    call, question = part_to_change(request, Question.objects.all(), slug, number, key)
    form = question_form(question.kind, request.POST or None, instance=question)
    if form.through(change_question, by=request.user, question=question):
        messages.success(request, f"“{question}” was saved")
        return redirect(in_draft(call, question))
    context = about(call, form=form, question=question)
    return render(request, "programmes/question_edit.html", context)


@require_POST
def question_move(
    request: SignedInRequest, slug: str, number: int, key: str, way: str
) -> HttpResponse:
    return moved(request, *part_to_change(request, Question.objects.all(), slug, number, key), way)


@edit_page
def question_remove(request: SignedInRequest, slug: str, number: int, key: str) -> HttpResponse:
    call, question = part_to_change(request, Question.objects.all(), slug, number, key)
    return removed(request, call, question, f"Remove the question “{question}”?")
