"""Staff compose the panel of a call."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.requests import SignedInRequest
from programmes.actions.panels import (
    add_member,
    assign_balanced,
    let_all_read_all,
    remove_member,
)
from programmes.forms.panel import MemberForm, ReadingForm, RemovalForm
from programmes.models import Call, Reading
from programmes.queries.panels import candidates, interests_of, members_of
from programmes.views.call_phases import address_in
from programmes.views.call_preparation import about, call_to_manage


@require_safe
def panel(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Who sits on the panel, and how far they are."""
    call = call_to_manage(request, slug, number)
    members = members_of(call, request.user)
    context = about(
        call,
        members=[each for each in members if each.member.removed_at is None],
        removed=[each.member for each in members if each.member.removed_at is not None],
        to_settle=sum(each.to_settle for each in members),
        is_assigned=call.reading == Reading.ASSIGNED,
    )
    return render(request, "programmes/panel.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def panel_member_create(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    call = call_to_manage(request, slug, number)
    form = MemberForm(request.POST if request.method == "POST" else None, call=call)
    if member := form.through(
        add_member, call=call, by=request.user, address=address_in(request, call)
    ):
        messages.success(request, f"{member.person} sits on the panel now.")
        return redirect("programmes:panel", slug, number)
    context = about(
        call,
        form=form,
        has_candidates=candidates(call).exists(),
    )
    return render(request, "programmes/panel_member_create.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def panel_member(request: SignedInRequest, slug: str, number: int, pk: int) -> HttpResponse:
    """One member, and the way off the panel."""
    call = call_to_manage(request, slug, number)
    member = get_object_or_404(call.members.select_related("person"), pk=pk)
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if form.through(remove_member, member=member, by=request.user):
        messages.success(request, f"{member.person} no longer sits on the panel.")
        return redirect("programmes:panel", slug, number)
    context = about(
        call,
        member=member,
        form=form,
        recused=interests_of(call, request.user).filter(member=member),
    )
    return render(request, "programmes/panel_member.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def panel_reading(request: SignedInRequest, slug: str, number: int) -> HttpResponse:
    """Who reads what: everyone everything, or a balanced assignment."""
    call = call_to_manage(request, slug, number)
    form = ReadingForm(
        request.POST if request.method == "POST" else None,
        initial={"reading": call.reading, "readers": 3},
    )
    if form.is_valid() and _reads(request, call, form):
        return redirect("programmes:panel", slug, number)
    context = about(call, form=form)
    return render(request, "programmes/panel_reading.html", context)


def _reads(request: SignedInRequest, call: Call, form: ReadingForm) -> bool:
    try:
        if form.cleaned_data["reading"] == Reading.ALL:
            let_all_read_all(call=call, by=request.user)
            messages.success(request, "Everyone reads every application.")
        else:
            readers = form.cleaned_data["readers"]
            made = assign_balanced(call=call, readers=readers, by=request.user)
            applications = len({each.application_id for each in made})
            messages.success(request, f"{applications} applications are assigned.")
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    return True
