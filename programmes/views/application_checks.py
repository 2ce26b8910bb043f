"""What staff do with an application, each on a page that asks for the reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.forms.wording import Form
from accounts.requests import SignedInRequest
from places.models import Place
from programmes import checks
from programmes.actions.eligibility import (
    add_its_place,
    ask_for_correction,
    check_again,
    decide_eligibility,
    go_on_without_correction,
    grant_extension,
    record_withdrawal,
    settle_place,
)
from programmes.checks import Check
from programmes.forms.eligibility import (
    CorrectionForm,
    EligibilityForm,
    ExtensionForm,
    PlaceSettleForm,
    ReasonForm,
    WithdrawalForm,
)
from programmes.models import Application
from programmes.views.application_records import about_application, application_to_manage

Do = Callable[..., Any]
pages = require_http_methods(["GET", "HEAD", "POST"])


@pages
def application_eligibility(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_to_manage(request, pk)
    form = EligibilityForm(_typed(request))
    return _check(request, application, checks.ELIGIBILITY, form, decide_eligibility)


@pages
def application_correction(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_to_manage(request, pk)
    form = CorrectionForm(_typed(request), application=application)
    return _check(request, application, checks.CORRECTION, form, ask_for_correction)


@pages
def application_correction_close(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_to_manage(request, pk)
    form = ReasonForm(_typed(request))
    return _check(request, application, checks.CORRECTION_CLOSE, form, go_on_without_correction)


@pages
def application_recheck(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_to_manage(request, pk)
    return _check(request, application, checks.RECHECK, ReasonForm(_typed(request)), check_again)


@pages
def application_extension(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_to_manage(request, pk)
    form = ExtensionForm(_typed(request), application=application)
    return _check(request, application, checks.EXTENSION, form, grant_extension)


@pages
def application_withdrawal(request: SignedInRequest, pk: int) -> HttpResponse:
    application = application_to_manage(request, pk)
    form = WithdrawalForm(_typed(request))
    return _check(request, application, checks.WITHDRAWAL, form, record_withdrawal)


def _typed(request: SignedInRequest) -> Any:
    return request.POST if request.method == "POST" else None


def _check(
    request: SignedInRequest, application: Application, check: Check, form: Form, do: Do
) -> HttpResponse:
    """The page of one check. What was typed stays on it if a colleague was quicker."""
    if not form.is_bound and not check.fits(application):
        now = application.get_state_display().lower()
        messages.error(request, f"“{check.label}” cannot be done: {application} is {now}")
        return redirect("programmes:application_record", application.pk)
    if form.is_valid():
        try:
            do(application=application, by=request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            application.refresh_from_db(fields=["state"])
            now = application.get_state_display().lower()
            messages.success(request, f"Done. {application} is {now}")
            return redirect("programmes:application_record", application.pk)
    context = about_application(application, form=form, check=check)
    return render(request, "programmes/application_check.html", context)


@pages
def application_place(request: SignedInRequest, pk: int) -> HttpResponse:
    """Which place of the register the applicants mean, or a new one."""
    application = application_to_manage(request, pk)
    same = Place.objects.filter(name__iexact=application.place_name).first()
    form = PlaceSettleForm(
        _typed(request) if "add" not in request.POST else None,
        initial={"place": application.place_id or same},
    )
    if "add" in request.POST:
        try:
            place = add_its_place(application=application, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, f"{place} was added to the register")
            return redirect("programmes:application_record", application.pk)
    elif form.is_valid():
        settle_place(application=application, by=request.user, **form.cleaned_data)
        messages.success(request, "The place was saved")
        return redirect("programmes:application_record", application.pk)
    context = about_application(application, form=form, may_add=same is None)
    return render(request, "programmes/application_place.html", context)
