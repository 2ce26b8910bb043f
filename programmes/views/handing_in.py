"""A whole application: looked at as the panel reads it, submitted, taken back, withdrawn."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.requests import SignedInRequest
from programmes.actions.handing_in import ask_for_receipt, hand_in, take_back, withdraw
from programmes.application_states import MAY_BE_WRITTEN, may_be_withdrawn
from programmes.forms.application import WithdrawForm
from programmes.models import ApplicationState
from programmes.queries.deadlines import is_in_time, may_be_taken_back, submit_until
from programmes.queries.submissions import latest_submission, read_answers, read_submission
from programmes.queries.supports import backings_of
from programmes.queries.writing import tasks_and_drafts_of, tasks_of
from programmes.views.answers import written


@require_safe
def application_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What the panel will read."""
    application = written(request, pk)
    if application.state in MAY_BE_WRITTEN:
        tasks = tasks_of(application)
        values = {task.question.key: task.value for task in tasks}
        answers = read_answers([task.question for task in tasks], values)
    elif submission := latest_submission(application):
        answers = read_submission(submission)
    else:
        raise Http404  # withdrawn before it was submitted
    context = {
        "application": application,
        "call": application.call,
        "answers": answers,
        "backings": backings_of(application),
    }
    return render(request, "programmes/application_preview.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_submit(request: SignedInRequest, pk: int) -> HttpResponse:
    """What is missing, and the button that submits once nothing is."""
    application = written(request, pk)
    fault = ""
    if request.method == "POST":
        try:
            hand_in(application=application, by=request.user)
        except ValidationError as refusal:
            fault = refusal.messages[0]
        else:
            messages.success(request, "Your application is submitted. All who write it are told.")
            return redirect(application)
    elif application.state not in MAY_BE_WRITTEN:
        return redirect(application)
    tasks, drafts = tasks_and_drafts_of(application, request.user)
    backings = backings_of(application)
    until = submit_until(application)
    context = {
        "application": application,
        "call": application.call,
        "missing": [task for task in tasks if task.faults],
        "unconfirmed": [backing for backing in backings if not backing.is_confirmed],
        "drafts": drafts,
        "submit_until": until,
        "may_be_submitted": is_in_time(application, until),
        "is_correction": application.state == ApplicationState.CORRECTION,
        "fault": fault,
    }
    return render(request, "programmes/application_submit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether to take back what was submitted, to change it."""
    application = written(request, pk)
    fault = ""
    if request.method == "POST":
        try:
            take_back(application=application, by=request.user)
        except ValidationError as refusal:
            fault = refusal.messages[0]
        else:
            messages.success(
                request, "You can change the application now. Submit it again in time."
            )
            return redirect(application)
    elif not may_be_taken_back(application):
        return redirect(application)
    context = {
        "application": application,
        "call": application.call,
        "may_be_taken_back": may_be_taken_back(application),
        "fault": fault,
    }
    return render(request, "programmes/application_take_back.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def application_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    """Whether to withdraw it, for good."""
    application = written(request, pk)
    if not may_be_withdrawn(application):
        return redirect(application)
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw(application=application, by=request.user, reason=form.cleaned_data["reason"])
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, "Your application is withdrawn. All who write it are told.")
            return redirect(application)
    context: dict[str, Any] = {"application": application, "call": application.call, "form": form}
    return render(request, "programmes/application_withdraw.html", context)


@require_POST
def receipt(request: SignedInRequest, pk: int) -> HttpResponse:
    """The receipt of what was submitted last: the file, or the page that says how far it is."""
    application = written(request, pk)
    submission = latest_submission(application)
    if submission is None:
        raise Http404
    job = ask_for_receipt(submission=submission, by=request.user)
    return redirect("documents:job_file" if job.has_file else "documents:job", pk=job.pk)
