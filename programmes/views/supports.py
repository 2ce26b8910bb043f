"""Support of an application: the pages of those who ask, and the page of whoever is asked."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accounts.limits import is_within_limit
from accounts.requests import SignedInRequest
from accounts.secret_links import Link, hashed
from programmes.actions.supports import (
    OPEN,
    answer_support,
    ask_support,
    remind,
    withdraw_request,
)
from programmes.forms.supports import AskForm, SupportForm
from programmes.models import Application, Support, Supporter
from programmes.queries.submissions import (
    Answered,
    latest_submission,
    read_answers,
    read_submission,
)
from programmes.queries.supports import Backing, reached_by, supporters_of, supports_of
from programmes.queries.writing import questions_of
from programmes.views.answers import written

LIMIT = "write_to_others"


def _link(request: HttpRequest) -> Link:
    return lambda token: request.build_absolute_uri(reverse("programmes:support", args=[token]))


def _backing(application: Application, key: str) -> Backing:
    supporter = get_object_or_404(supporters_of(application.call_id), key=key)
    return Backing(supporter, supports_of(application).filter(key=key).first())


@require_http_methods(["GET", "HEAD", "POST"])
def support_ask(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """What one supporter is asked to confirm, whom to ask, and what they answered."""
    application = written(request, pk)
    backing = _backing(application, key)
    form = AskForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not is_within_limit(request, LIMIT):
            return render(request, "429.html", status=429)
        try:
            ask_support(
                application=application,
                supporter=backing.supporter,
                **form.cleaned_data,
                by=request.user,
                link=_link(request),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
            backing = _backing(application, key)
        else:
            messages.success(request, f"We have written to {form.cleaned_data['email']}.")
            return redirect("programmes:support_ask", pk, key)
    context = {
        "application": application,
        "backing": backing,
        "supporter": backing.supporter,
        "support": backing.support,
        "may_ask": application.state in OPEN,
        "faults": form.non_field_errors() if backing.support else [],
        "form": form,
    }
    return render(request, "programmes/support_ask.html", context)


@require_POST
def support_remind(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    application = written(request, pk)
    backing = _backing(application, key)
    if backing.support is None:
        raise Http404
    if not is_within_limit(request, LIMIT):
        return render(request, "429.html", status=429)
    try:
        remind(
            support=backing.support,
            supporter=backing.supporter,
            by=request.user,
            link=_link(request),
        )
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, f"We have written to {backing.support.email} again.")
    return redirect("programmes:support_ask", pk, key)


@require_POST
def support_withdraw(request: SignedInRequest, pk: int, key: str) -> HttpResponse:
    """Ask somebody else."""
    application = written(request, pk)
    backing = _backing(application, key)
    if backing.support is None:
        raise Http404
    try:
        withdraw_request(support=backing.support, by=request.user)
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, f"{backing.support.name} is no longer asked.")
    return redirect("programmes:support_ask", pk, key)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, token: str) -> HttpResponse:
    """For whoever is asked: the application, what they are to confirm, and their answer."""
    found = reached_by(hashed(token)).first()
    supporter = _supporter(found)
    if found is None or supporter is None or found.withdrawn_at:
        return render(request, "programmes/support_gone.html", {"support": None}, status=404)
    if found.expires_at < timezone.now():
        return render(request, "programmes/support_gone.html", {"support": found}, status=410)
    form = SupportForm(
        request.POST if request.method == "POST" else None, initial=_answered_before(found)
    )
    if form.is_valid():
        try:
            answer_support(
                support=found,
                supporter=supporter,
                is_confirmed=form.cleaned_data["answer"] == SupportForm.CONFIRM,
                words=form.cleaned_data["words"],
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(
                request, "Thank you. Your answer is saved, and those who apply are told."
            )
            return redirect("programmes:support", token)
    context = {
        "support": found,
        "supporter": supporter,
        "application": found.application,
        "call": found.application.call,
        "answers": _readable(found.application),
        "problems": [(field, field.errors) for field in form],
        "may_answer": found.application.state in OPEN,
        "form": form,
    }
    return render(request, "programmes/support.html", context)


def _supporter(found: Support | None) -> Supporter | None:
    if found is None:
        return None
    return supporters_of(found.application.call_id).filter(key=found.key).first()


def _answered_before(found: Support) -> dict[str, str]:
    if found.is_confirmed is None:
        return {}
    answer = SupportForm.CONFIRM if found.is_confirmed else "cannot"
    return {"answer": answer, "words": found.words}


def _readable(application: Application) -> list[Answered]:
    """As it was handed in; before that, as it stands."""
    if submission := latest_submission(application):
        return read_submission(submission)
    values = dict(application.answers.values_list("key", "value"))
    return read_answers(list(questions_of(application.call_id)), values)
