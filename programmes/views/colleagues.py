"""Who writes an application together."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from accounts.actions.invitations import send_invitation_again, withdraw_invitation
from accounts.limits import is_within_limit
from accounts.requests import SignedInRequest
from accounts.secret_links import Link
from programmes.actions.colleagues import invite_colleague, remove_colleague
from programmes.forms.supports import ColleagueForm
from programmes.models import Application
from programmes.queries.colleagues import invitations_to, memberships_in
from programmes.views.answers import written

LIMIT = "write_to_others"


def _link(request: SignedInRequest) -> Link:
    return lambda token: request.build_absolute_uri(reverse("accounts:invitation", args=[token]))


@require_http_methods(["GET", "HEAD", "POST"])
def colleagues(request: SignedInRequest, pk: int) -> HttpResponse:
    """Those who write, those who are invited, and a form to invite another."""
    application = written(request, pk)
    form = ColleagueForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not is_within_limit(request, LIMIT):
            return render(request, "429.html", status=429)
        try:
            invite_colleague(
                application=application, **form.cleaned_data, by=request.user, link=_link(request)
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            sent_to = form.cleaned_data["email"]
            messages.success(request, f"An invitation is on its way to {sent_to}.")
            return redirect("programmes:colleagues", pk)
    context = {
        "application": application,
        "memberships": memberships_in(application),
        "invitations": invitations_to(application),
        "form": form,
    }
    return render(request, "programmes/colleagues.html", context)


@require_POST
def colleague_invite_again(request: SignedInRequest, pk: int, invitation: int) -> HttpResponse:
    application = written(request, pk)
    sent = get_object_or_404(invitations_to(application), pk=invitation)
    if not is_within_limit(request, LIMIT):
        return render(request, "429.html", status=429)
    send_invitation_again(invitation=sent, by=request.user, link=_link(request))
    messages.success(request, f"A new invitation is on its way to {sent.email}.")
    return redirect("programmes:colleagues", pk)


@require_POST
def colleague_uninvite(request: SignedInRequest, pk: int, invitation: int) -> HttpResponse:
    application = written(request, pk)
    sent = get_object_or_404(invitations_to(application), pk=invitation)
    withdraw_invitation(invitation=sent, by=request.user)
    messages.success(request, f"The invitation of {sent.name} is withdrawn.")
    return redirect("programmes:colleagues", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def colleague_remove(request: SignedInRequest, pk: int, membership: int) -> HttpResponse:
    """One who writes, and the button that ends it."""
    application = written(request, pk)
    held = get_object_or_404(memberships_in(application), pk=membership)
    fault = ""
    if request.method == "POST":
        try:
            person = remove_colleague(application=application, membership=held, by=request.user)
        except ValidationError as refusal:
            fault = refusal.messages[0]
        else:
            messages.success(request, f"{person} no longer writes this application.")
            return redirect("home" if person == request.user else _colleagues(application))
    context = {"application": application, "held": held, "fault": fault}
    return render(request, "programmes/colleague_remove.html", context)


def _colleagues(application: Application) -> str:
    return reverse("programmes:colleagues", args=[application.pk])
