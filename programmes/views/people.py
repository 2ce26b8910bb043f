"""A programme's people: who holds which role, and who is invited."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actions.invitations import send_invitation_again, withdraw_invitation
from accounts.actions.memberships import revoke_role
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from accounts.roles import Role
from accounts.secret_links import Link
from documents.tables import listing_page
from programmes.forms.invitation import InvitationForm
from programmes.models import Programme
from programmes.queries.people import (
    count_invitations_of,
    invitations_of,
    listed_invitations_of,
    listed_memberships_of,
    memberships_of,
)
from programmes.tables.people import invitations_table, people_table


def _programme(request: SignedInRequest, slug: str, needs: str) -> Programme:
    return fetch(
        request.user,
        Programme.objects.all(),
        view="programmes.view_programme",
        needs=needs,
        slug=slug,
    )


def _link(request: SignedInRequest) -> Link:
    """From an invitation's secret to the whole address of its page."""
    return lambda token: request.build_absolute_uri(reverse("accounts:invitation", args=[token]))


@require_safe
def people(request: SignedInRequest, slug: str) -> HttpResponseBase:
    programme = _programme(request, slug, "programmes.view_people")
    return listing_page(
        request,
        people_table(programme),
        listed_memberships_of(programme),
        template="programmes/people.html",
        context={"programme": programme, "open": count_invitations_of(programme)},
    )


@require_safe
def invitations(request: SignedInRequest, slug: str) -> HttpResponseBase:
    programme = _programme(request, slug, "programmes.view_people")
    return listing_page(
        request,
        invitations_table(programme),
        listed_invitations_of(programme),
        template="programmes/invitations.html",
        context={"programme": programme},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: SignedInRequest, slug: str) -> HttpResponse:
    programme = _programme(request, slug, "programmes.invite")
    sending = request.method == "POST"
    form = InvitationForm(request.POST if sending else None, programme=programme)
    if sent := form.send(by=request.user, link=_link(request)):
        messages.success(request, f"An invitation is on its way to {sent.email}.")
        return redirect("programmes:people", programme.slug)
    return render(request, "programmes/invite.html", {"programme": programme, "form": form})


@require_safe
def invitation(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    programme = _programme(request, slug, "programmes.view_people")
    sent = get_object_or_404(invitations_of(programme).select_related("invited_by"), pk=pk)
    context = {"programme": programme, "invitation": sent, "role": Role(sent.role)}
    return render(request, "programmes/invitation.html", context)


@require_POST
@transaction.atomic
def invitation_send_again(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    programme = _programme(request, slug, "programmes.invite")
    sent = get_object_or_404(invitations_of(programme).select_for_update(of=["self"]), pk=pk)
    try:
        send_invitation_again(invitation=sent, by=request.user, link=_link(request))
    except ValidationError as refusal:
        messages.warning(request, refusal.messages[0])
    else:
        messages.success(request, f"A new invitation is on its way to {sent.email}.")
    return redirect("programmes:invitations", programme.slug)


@require_POST
@transaction.atomic
def invitation_withdraw(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    programme = _programme(request, slug, "programmes.invite")
    sent = get_object_or_404(invitations_of(programme).select_for_update(of=["self"]), pk=pk)
    withdraw_invitation(invitation=sent, by=request.user)
    messages.success(request, f"The invitation of {sent.name} is withdrawn.")
    return redirect("programmes:invitations", programme.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """One person's role, and the button that takes it away."""
    programme = _programme(request, slug, "programmes.view_people")
    held = get_object_or_404(memberships_of(programme).select_related("person"), pk=pk)
    fault = ""
    if request.method == "POST":
        _programme(request, slug, "programmes.invite")
        try:
            person = revoke_role(membership=held, by=request.user, within=programme)
        except ValidationError as refusal:
            fault = refusal.messages[0]
        else:
            messages.success(
                request, f"{person.name} is no longer {Role(held.role).label.lower()}."
            )
            if person == request.user:  # who may see this no more
                return redirect("home")
            return redirect("programmes:people", programme.slug)
    context = {"programme": programme, "held": held, "role": Role(held.role), "fault": fault}
    return render(request, "programmes/membership.html", context)
