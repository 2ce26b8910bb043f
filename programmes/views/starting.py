"""Starting an application: at once for those signed in, by a link in a mail for everyone else."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts.limits import is_within_limit
from accounts.models import Person
from accounts.sign_in import sign_in_by_code
from programmes.actions.call_phases import is_taking
from programmes.actions.starting import (
    Start,
    ask_to_start,
    made_by,
    others_of,
    start_at_once,
    start_by_link,
    start_in,
)
from programmes.forms.application import AnotherForm, PlaceNameForm, StartForm
from programmes.models import Call
from programmes.queries.calls import announced_calls

LIMIT = "start_application"


def _announced(**lookup: object) -> Call:
    call = announced_calls().filter(**lookup).first()
    if call is None:
        raise Http404
    return call


def _named(slug: str, number: int) -> Call:
    return _announced(cohort__programme__slug=slug, cohort__number=number)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_start(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Who applies, and for which place."""
    call = _named(slug, number)
    if not is_taking(call):
        return redirect(call)
    person = request.user
    return _ask(request, call) if person.is_anonymous else _start_now(request, call, person)


def _ask(request: HttpRequest, call: Call) -> HttpResponse:
    form = StartForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, call, form)
    if not is_within_limit(request, LIMIT, form.cleaned_data["email"].lower()):
        return render(request, "429.html", status=429)
    ask_to_start(call=call, **form.cleaned_data, link=_link(request))
    messages.success(request, f"We have written to {form.cleaned_data['email']}.")
    where = call.cohort.programme.slug, call.cohort.number
    return redirect("programmes:application_start_sent", *where)


def _start_now(request: HttpRequest, call: Call, person: Person) -> HttpResponse:
    form = PlaceNameForm(
        request.POST if request.method == "POST" else None,
        find=lambda place_name: others_of(call, place_name),
    )
    if form.is_valid():
        try:
            return redirect(
                start_at_once(
                    call=call,
                    place_name=form.cleaned_data["place_name"],
                    by=person,
                    another=bool(form.others),
                )
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
    return _page(request, call, form)


def _page(request: HttpRequest, call: Call, form: StartForm | PlaceNameForm) -> HttpResponse:
    context = {"call": call, "programme": call.cohort.programme, "form": form}
    return render(request, "programmes/application_start.html", context)


def _link(request: HttpRequest) -> Callable[[str], str]:
    return lambda token: request.build_absolute_uri(
        reverse("programmes:application_start_confirm", args=[token])
    )


@login_not_required
@require_safe
def application_start_sent(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """That a mail is on its way, and what to do if it does not come."""
    context = {"call": _named(slug, number)}
    return render(request, "programmes/application_start_sent.html", context)


@login_not_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def application_start_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link in the mail leads: what will be started, and the button that starts it."""
    try:
        start = start_in(token)
    except signing.SignatureExpired:
        return _gone(request, expired=True)
    except signing.BadSignature:
        return _gone(request, expired=False)
    call = _announced(pk=start.call)
    made = made_by(start)
    others = [] if made else others_of(call, start.place_name)
    form = AnotherForm(request.POST if request.method == "POST" else None, others=others)
    somebody_else = request.user.is_authenticated and request.user.email != start.email
    if form.is_valid() and not somebody_else:
        try:
            return _confirm(request, call, start, another=bool(others))
        except ValidationError as refusal:
            form.add_error(None, refusal)
    context = {
        "call": call,
        "start": start,
        "form": form,
        "made": made,
        "somebody_else": somebody_else,
    }
    return render(request, "programmes/application_start_confirm.html", context)


def _gone(request: HttpRequest, *, expired: bool) -> HttpResponse:
    context = {"expired": expired}
    status = 410 if expired else 404
    return render(request, "programmes/application_start_gone.html", context, status=status)


def _confirm(request: HttpRequest, call: Call, start: Start, *, another: bool) -> HttpResponse:
    """Start it and go on to it, or to the code that signs in: the link by itself opens no account."""
    person, application = start_by_link(call=call, start=start, another=another)
    if request.user.is_authenticated:
        return redirect(application)
    return sign_in_by_code(request, person, then=application.get_absolute_url())
