"""Conflicts of interest: declared by members, settled by staff."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from documents.paging import some_of
from programmes.actions.interests import settle
from programmes.forms.interest import DeclarationForm, SettlementForm
from programmes.queries.panels import interests_of, recused_from
from programmes.queries.recusals import undeclared
from programmes.queries.switches import switches_of
from programmes.views.call_phases import address_in
from programmes.views.call_preparation import about, call_to_manage
from programmes.views.seats import seat


@require_http_methods(["GET", "HEAD", "POST"])
def declaration(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """The places that applied, alone: a member says with which they have a conflict."""
    member = seat(request.user, slug, number)
    is_open = switches_of(member.call).members_declare
    waiting = undeclared(member).only("number", "place_name") if is_open else []
    form = DeclarationForm(request.POST if request.method == "POST" else None, applications=waiting)
    if request.method == "POST" and form.save(member=member, by=request.user):
        messages.success(request, "Thank you. Your declaration is saved.")
        return redirect("programmes:reading", slug, number)
    context = about(
        member.call,
        member=member,
        form=form,
        is_open=is_open,
        recused=recused_from(member),
    )
    return render(request, "programmes/declaration.html", context)


@require_safe
def interests(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """What members declared and what Placework noticed, those to settle first."""
    call = call_to_manage(request, slug, number)
    context = about(
        call,
        interests=some_of(interests_of(call, request.user), request.GET, "conflicts"),
    )
    return render(request, "programmes/interests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def interest(request: SignedInRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """One of them, to settle."""
    call = call_to_manage(request, slug, number)
    row = get_object_or_404(interests_of(call, request.user), pk=pk)
    form = SettlementForm(request.POST if request.method == "POST" else None)
    if settled := form.through(
        settle, interest=row, by=request.user, address=address_in(request, call)
    ):
        messages.success(request, f"{settled.member}, {settled.application}: settled.")
        return redirect("programmes:interests", slug, number)
    context = about(
        call,
        interest=row,
        form=form,
    )
    return render(request, "programmes/interest.html", context)
