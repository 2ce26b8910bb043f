"""Sending a version to be signed."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.requests import SignedInRequest
from programmes.actions.mou.sending import obstacles_to, send_to_sign
from programmes.forms.mou.sending import SendForm
from programmes.models import Party
from programmes.queries.mou.drafting import draft_of
from programmes.queries.mou.signing import those_who_speak
from programmes.queries.mou.touched import must_consent
from programmes.views.mou.memorandum import about, mou_of_project


@require_http_methods(["GET", "HEAD", "POST"])
def mou_send(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """Who signs for each party, who reads along, what to say, and by when."""
    mou = mou_of_project(request, slug, project_slug, needs="programmes.manage_mou")
    version = draft_of(mou)
    if version is None:
        messages.info(request, "No version is being written now, so there is nothing to send.")
        return redirect("programmes:mou", slug, project_slug)
    version.mou = mou
    asks = must_consent(version)
    form = _form(request, asks, those_who_speak(mou))
    site = request.build_absolute_uri("/")
    if form.through(send_to_sign, version=version, by=request.user, site=site):
        messages.success(request, "It is out to be signed, and everybody has been written to.")
        return redirect("programmes:mou_signing", slug, project_slug, version.number)
    context = about(mou, version=version, form=form, obstacles=obstacles_to(version, asks))
    return render(request, "programmes/mou/send.html", context)


def _form(
    request: SignedInRequest, parties: list[Party], proposed: dict[int, list[dict[str, str]]]
) -> SendForm:
    shared: dict[str, Any] = {"parties": parties, "proposed": proposed}
    if request.method != "POST":
        return SendForm(**shared)
    if "more" in request.POST:
        return SendForm(typed=request.POST.dict(), more=request.POST["more"], **shared)
    return SendForm(request.POST, **shared)
