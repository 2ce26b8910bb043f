"""What is proposed for a clause: by any partner; taken in or not by those who facilitate."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.editing import edit_page, to_edit
from accounts.requests import SignedInRequest
from programmes.actions.mou.wordings import (
    decline_wording,
    propose_wording,
    take_in,
    withdraw_wording,
)
from programmes.forms.mou.stance import StanceForm
from programmes.forms.mou.wording import DeclineForm, LeaveOutForm, WordingForm
from programmes.models import MOU, Clause, Wording
from programmes.queries.mou.drafting import draft_of, spoken_for
from programmes.queries.mou.stances import party_rows, said_by
from programmes.queries.mou.wordings import Shown, shown
from programmes.views.mou.memorandum import about, mou_of_project

CHANGED = "The clause has changed since you opened this page. Look at the difference again."


def to_write(
    request: SignedInRequest,
    slug: str,
    project_slug: str,
    needs: str = "programmes.propose_wording",
) -> MOU:
    """The MOU, held while a POST changes it."""
    return mou_of_project(request, slug, project_slug, needs, to_edit(request, MOU.objects.all()))


def wording_of(mou: MOU, key: str, number: int) -> Wording:
    rows = Wording.objects.select_related("clause", "party__organisation")
    wording = get_object_or_404(rows, clause__mou=mou, clause__key=key, number=number)
    wording.clause.mou = mou
    return wording


def wording_address(mou: MOU, wording: Wording, name: str = "clause_wording") -> str:
    project = mou.project
    where = [project.programme.slug, project.slug, wording.clause.key, wording.number]
    return reverse(f"programmes:{name}", args=where)


@edit_page
def clause_propose(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """A new clause."""
    return _propose(request, to_write(request, slug, project_slug), None)


@edit_page
def wording_propose(
    request: SignedInRequest, slug: str, project_slug: str, key: str
) -> HttpResponse:
    """Another wording of a clause."""
    mou = to_write(request, slug, project_slug)
    return _propose(request, mou, get_object_or_404(mou.clauses, key=key))


def _propose(request: SignedInRequest, mou: MOU, clause: Clause | None) -> HttpResponse:
    standing = _standing(mou, clause)
    form = WordingForm(
        request.POST if request.method == "POST" else None,
        standing=standing,
        own=spoken_for(request.user, mou),
        facilitates=request.user.has_perm("programmes.facilitate_mou", mou),
    )
    if wording := form.through(propose_wording, mou=mou, clause=clause, by=request.user):
        messages.success(request, "Your proposal is here for the others. This is what it changes.")
        return redirect(wording_address(mou, wording))
    context = about(
        mou, form=form, clause=clause, standing=standing, is_written=draft_of(mou) is not None
    )
    return render(request, "programmes/mou/propose.html", context)


@edit_page
def clause_leave_out(
    request: SignedInRequest, slug: str, project_slug: str, key: str
) -> HttpResponse:
    """The proposal to leave a clause out."""
    mou = to_write(request, slug, project_slug)
    clause = get_object_or_404(mou.clauses, key=key)
    standing = _standing(mou, clause)
    form = LeaveOutForm(
        request.POST if request.method == "POST" else None,
        standing=standing,
        own=spoken_for(request.user, mou),
        facilitates=request.user.has_perm("programmes.facilitate_mou", mou),
    )
    if standing and (
        wording := form.through(propose_wording, mou=mou, clause=clause, by=request.user)
    ):
        messages.success(request, "Your proposal is here for the others.")
        return redirect(wording_address(mou, wording))
    context = about(mou, form=form, clause=clause, standing=standing)
    return render(request, "programmes/mou/leave_out.html", context)


def _standing(mou: MOU, clause: Clause | None) -> Wording | None:
    """The wording of the clause in the draft."""
    draft = draft_of(mou) if clause else None
    if draft is None:
        return None
    rows = draft.clauses.filter(clause=clause).select_related("wording")
    row = rows.order_by("pk").first()
    return row.wording if row else None


@require_safe
def wording(
    request: SignedInRequest, slug: str, project_slug: str, key: str, number: int
) -> HttpResponse:
    """One wording: what it changes, how the parties stand to it, and what the reader may do with it."""
    mou = mou_of_project(request, slug, project_slug)
    page = shown(mou, key, number)
    if page is None:
        raise Http404
    facilitates = request.user.has_perm("programmes.facilitate_mou", mou)
    context = about(
        mou,
        wording=page.wording,
        clause=page.clause,
        shown=page,
        form=_stance_form(request, mou, page) if page.takes_stances else None,
        parties=party_rows(mou, [page.wording.pk]) if page.takes_stances else [],
        may_settle=page.is_open and facilitates and page.is_written,
        may_withdraw=page.is_open
        and page.is_written
        and page.wording.proposed_by_id == request.user.pk,
        standing_pk=page.standing.pk if page.standing else "",
    )
    return render(request, "programmes/mou/wording.html", context)


def _stance_form(request: SignedInRequest, mou: MOU, page: Shown) -> StanceForm | None:
    own = spoken_for(request.user, mou)
    return StanceForm(own=own, before=said_by(own, mou, page.wording.pk).before) if own else None


@require_POST
@transaction.atomic
def wording_take(
    request: SignedInRequest, slug: str, project_slug: str, key: str, number: int
) -> HttpResponse:
    """Into the draft, unless the clause is no longer what the page showed."""
    mou = to_write(request, slug, project_slug, "programmes.facilitate_mou")
    row = wording_of(mou, key, number)
    standing = _standing(mou, row.clause)
    seen = request.POST.get("standing")
    if seen is not None and seen != (str(standing.pk) if standing else ""):
        messages.error(request, CHANGED)
        return redirect(wording_address(mou, row))
    try:
        take_in(wording=row, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(wording_address(mou, row))
    messages.success(request, f"Taken in: {row.heading}.")
    return redirect("programmes:mou", slug, project_slug)


@edit_page
def wording_decline(
    request: SignedInRequest, slug: str, project_slug: str, key: str, number: int
) -> HttpResponse:
    mou = to_write(request, slug, project_slug, "programmes.facilitate_mou")
    row = wording_of(mou, key, number)
    form = DeclineForm(request.POST if request.method == "POST" else None)
    if form.through(decline_wording, wording=row, by=request.user):
        messages.success(request, f"Not taken in: {row.heading}.")
        return redirect("programmes:mou", slug, project_slug)
    context = about(mou, form=form, wording=row, clause=row.clause)
    return render(request, "programmes/mou/wording_decline.html", context)


@require_POST
def wording_withdraw(
    request: SignedInRequest, slug: str, project_slug: str, key: str, number: int
) -> HttpResponse:
    mou = mou_of_project(request, slug, project_slug)
    row = wording_of(mou, key, number)
    if row.proposed_by_id != request.user.pk:
        raise PermissionDenied
    try:
        withdraw_wording(wording=row, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect(wording_address(mou, row))
    messages.success(request, "Your proposal is withdrawn.")
    return redirect("programmes:mou", slug, project_slug)
