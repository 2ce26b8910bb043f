"""What each party has said it will do, and what became of it: read by all, updated by its party."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.paging import some_of
from programmes.actions.mou.commitments import change_commitment, commit, update_commitment
from programmes.forms.mou.commitment import CommitForm, CommitmentForm, CommitmentUpdateForm
from programmes.models import MOU, Commitment
from programmes.mou_states import OPEN_COMMITMENTS
from programmes.queries.mou.commitments import (
    by_party,
    clauses_to_name,
    history_of,
    is_overdue,
    tag_of,
)
from programmes.queries.mou.drafting import spoken_for
from programmes.views.mou.memorandum import about, mou_of_project

NEEDS = "programmes.update_commitment"


@require_safe
def mou_commitments(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """By organisation: what, by when, how one would see it, what became of it."""
    mou = mou_of_project(request, slug, project_slug)
    parties = by_party(mou)
    context = about(mou, parties=parties, may_update=_may_update(request, mou))
    return render(request, "programmes/mou/commitments.html", context)


def _may_update(request: SignedInRequest, mou: MOU) -> set[int]:
    """The parties whose commitments the reader may make and update, as the permission has it."""
    if mou.ended_at is not None:
        return set()
    if request.user.has_perm("programmes.facilitate_mou", mou):
        return set(mou.parties.values_list("pk", flat=True))
    return {party.pk for party in spoken_for(request.user, mou)}


@require_http_methods(["GET", "HEAD", "POST"])
def commitment_add(
    request: SignedInRequest, slug: str, project_slug: str, party: int
) -> HttpResponse:
    mou = mou_of_project(request, slug, project_slug)
    row = fetch(
        request.user,
        mou.parties.filter(left_on=None).select_related("organisation"),
        view="programmes.view_mou",
        needs=NEEDS,
        pk=party,
    )
    row.mou = mou
    form = CommitForm(
        request.POST if request.method == "POST" else None, clauses=clauses_to_name(mou)
    )
    if form.through(commit, party=row, by=request.user):
        messages.success(request, f"The commitment of {row} is saved, for all partners to see.")
        return redirect("programmes:mou_commitments", slug, project_slug)
    context = about(mou, form=form, party=row)
    return render(request, "programmes/mou/commitment_add.html", context)


def _commitment(
    request: SignedInRequest, slug: str, project_slug: str, pk: int, *, needs: str = ""
) -> Commitment:
    """Of this MOU, held if the request will change it; for whoever has `needs` on it."""
    mou = mou_of_project(request, slug, project_slug)
    rows = Commitment.objects.filter(mou=mou).select_related("party__organisation")
    row = get_object_or_404(to_edit(request, rows) if needs else rows, pk=pk)
    row.mou = row.party.mou = mou
    if needs and not request.user.has_perm(needs, row):
        raise PermissionDenied
    return row


@require_safe
def commitment(request: SignedInRequest, slug: str, project_slug: str, pk: int) -> HttpResponse:
    """With all that became of it."""
    row = _commitment(request, slug, project_slug, pk)
    may_update = row.mou.ended_at is None and request.user.has_perm(NEEDS, row)
    clause = clauses_to_name(row.mou).filter(pk=row.clause_id).first() if row.clause_id else None
    context = about(
        row.mou,
        commitment=row,
        clause=clause,
        is_overdue=is_overdue(row.state, row.due_on),
        tag=tag_of(row.state),
        history=some_of(history_of(row), request.GET, "changes"),
        may_update=may_update,
        may_change=may_update and row.state in OPEN_COMMITMENTS,
    )
    return render(request, "programmes/mou/commitment.html", context)


@edit_page
def commitment_edit(
    request: SignedInRequest, slug: str, project_slug: str, pk: int
) -> HttpResponse:
    """Its words, while it is still to be done."""
    row = _commitment(request, slug, project_slug, pk, needs=NEEDS)
    form = CommitmentForm(
        request.POST if request.method == "POST" else None,
        instance=row,
        clauses=clauses_to_name(row.mou),
    )
    if form.through(change_commitment, commitment=row, by=request.user):
        messages.success(request, "The words of the commitment were saved.")
        return redirect("programmes:commitment", slug, project_slug, pk)
    context = about(row.mou, form=form, commitment=row)
    return render(request, "programmes/mou/commitment_edit.html", context)


@edit_page
def commitment_update(
    request: SignedInRequest, slug: str, project_slug: str, pk: int
) -> HttpResponse:
    """What became of it: going, done, slipped or dropped."""
    row = _commitment(request, slug, project_slug, pk, needs=NEEDS)
    form = CommitmentUpdateForm(request.POST if request.method == "POST" else None, instance=row)
    if form.through(update_commitment, commitment=row, by=request.user):
        messages.success(request, "What became of it is saved, for all partners to see.")
        return redirect("programmes:mou_commitments", slug, project_slug)
    context = about(row.mou, form=form, commitment=row)
    return render(request, "programmes/mou/commitment_update.html", context)
