"""The parties of an MOU, and who speaks for each."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.editing import edit_page, to_edit
from accounts.requests import SignedInRequest
from programmes.actions.mou.parties import (
    add_representative,
    change_part,
    end_representative,
    join,
    leave,
    settle_concerns,
)
from programmes.forms.mou.party import (
    ConcernsForm,
    PartyAddForm,
    PartyForm,
    PartyLeaveForm,
    RepresentativeForm,
)
from programmes.models import MOU, Party, Representative
from programmes.queries.mou.parties import parties_with_people, partners_of
from programmes.views.mou.memorandum import about, mou_of_project


def _to_arrange(request: SignedInRequest, slug: str, project_slug: str) -> MOU:
    return mou_of_project(request, slug, project_slug, "programmes.facilitate_mou")


def _party(mou: MOU, pk: int) -> Party:
    """One that has not left."""
    rows = mou.parties.select_related("organisation")
    party = get_object_or_404(rows, pk=pk, left_on=None)
    party.mou = mou
    return party


@require_safe
def mou_parties(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    mou = mou_of_project(request, slug, project_slug)
    rows = parties_with_people(mou)
    context = about(
        mou,
        parties=[each for each in rows if each.party.left_on is None],
        left=[each.party for each in rows if each.party.left_on is not None],
        facilitates=mou.ended_at is None
        and request.user.has_perm("programmes.facilitate_mou", mou),
    )
    return render(request, "programmes/mou/parties.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def party_add(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    mou = _to_arrange(request, slug, project_slug)
    form = PartyAddForm(request.POST if request.method == "POST" else None)
    if party := form.through(join, mou=mou, by=request.user):
        messages.success(request, f"{party} is a party now. Say who speaks for it.")
        return redirect("programmes:mou_parties", slug, project_slug)
    return render(request, "programmes/mou/party_add.html", about(mou, form=form))


@edit_page
def party_edit(request: SignedInRequest, slug: str, project_slug: str, pk: int) -> HttpResponse:
    mou = _to_arrange(request, slug, project_slug)
    rows = to_edit(request, mou.parties.select_related("organisation"))
    party = get_object_or_404(rows, pk=pk, left_on=None)
    form = PartyForm(request.POST if request.method == "POST" else None, instance=party)
    if form.through(change_part, party=party, by=request.user):
        messages.success(request, f"{party} was saved.")
        return redirect("programmes:mou_parties", slug, project_slug)
    return render(request, "programmes/mou/party_edit.html", about(mou, form=form, party=party))


@require_http_methods(["GET", "HEAD", "POST"])
def party_leave(request: SignedInRequest, slug: str, project_slug: str, pk: int) -> HttpResponse:
    mou = _to_arrange(request, slug, project_slug)
    party = _party(mou, pk)
    form = PartyLeaveForm(request.POST if request.method == "POST" else None)
    if form.through(leave, party=party, by=request.user):
        messages.success(request, f"{party} has left. What it signed and promised stays on record.")
        return redirect("programmes:mou_parties", slug, project_slug)
    return render(request, "programmes/mou/party_leave.html", about(mou, form=form, party=party))


@require_http_methods(["GET", "HEAD", "POST"])
def representative_add(
    request: SignedInRequest, slug: str, project_slug: str, pk: int
) -> HttpResponse:
    """A partner of the place, from now on, speaks for the party."""
    mou = _to_arrange(request, slug, project_slug)
    party = _party(mou, pk)
    form = RepresentativeForm(
        request.POST if request.method == "POST" else None, people=partners_of(mou)
    )
    if seat := form.through(add_representative, party=party, by=request.user):
        messages.success(request, f"{seat.person} speaks for {party} now.")
        return redirect("programmes:mou_parties", slug, project_slug)
    may_invite = request.user.has_perm("programmes.invite", mou.project.programme)
    context = about(mou, form=form, party=party, may_invite=may_invite)
    return render(request, "programmes/mou/representative_add.html", context)


@require_POST
def representative_end(
    request: SignedInRequest, slug: str, project_slug: str, pk: int
) -> HttpResponse:
    mou = _to_arrange(request, slug, project_slug)
    rows = Representative.objects.select_related("person", "party__organisation", "party__mou")
    seat = get_object_or_404(rows, pk=pk, party__mou=mou)
    end_representative(representative=seat, by=request.user)
    messages.success(request, f"{seat.person} does not speak for {seat.party} any more.")
    return redirect("programmes:mou_parties", slug, project_slug)


@require_http_methods(["GET", "HEAD", "POST"])
def clause_concerns(
    request: SignedInRequest, slug: str, project_slug: str, key: str
) -> HttpResponse:
    """Whose a clause is: who is asked when it changes."""
    mou = _to_arrange(request, slug, project_slug)
    clause = get_object_or_404(mou.clauses, key=key)
    clause.mou = mou
    form = ConcernsForm(request.POST if request.method == "POST" else None, clause=clause)
    form.through(settle_concerns, clause=clause, by=request.user)
    if form.is_valid():
        messages.success(request, "Whose clause it is was saved.")
        return redirect("programmes:clause", slug, project_slug, key)
    context = about(mou, form=form, clause=clause)
    return render(request, "programmes/mou/concerns.html", context)
