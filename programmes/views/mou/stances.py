"""How a party stands to a wording, said in one step; and what people remark on a clause."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import edit_page
from accounts.requests import SignedInRequest
from programmes.actions.mou.stances import remark, take_stance
from programmes.forms.mou.stance import RemarkForm, StanceForm, StancesForm
from programmes.models import MOU, Party
from programmes.queries.mou.drafting import Proposal, spoken_for, versions_of, written
from programmes.queries.mou.stances import said_by, stances_table, standing, unsaid
from programmes.queries.mou.wordings import shown, unsaid_by
from programmes.views.mou.memorandum import about, mou_of_project
from programmes.views.mou.wordings import to_write, wording_of


@edit_page
def stance_take(
    request: SignedInRequest, slug: str, project_slug: str, key: str, number: int
) -> HttpResponse:
    """What a wording changes, three choices and one button; then the next that waits for the reader."""
    mou = to_write(request, slug, project_slug, needs="")
    own = spoken_for(request.user, mou)
    if not own:
        raise PermissionDenied
    page = shown(mou, key, number)
    if page is None:
        raise Http404
    said = said_by(own, mou, page.wording.pk)
    form = StanceForm(
        request.POST if request.method == "POST" else None, own=own, before=said.before
    )
    if form.is_bound:
        row = wording_of(mou, key, number)
        if form.through(take_stance, wording=row, by=request.user):
            return _go_on(request, mou, own)
    context = about(
        mou,
        wording=page.wording,
        clause=page.clause,
        shown=page,
        form=form,
        others=said.others,
    )
    return render(request, "programmes/mou/stance.html", context)


def waiting_for(mou: MOU, own: list[Party]) -> list[Proposal]:
    """The proposals to which one of these parties has not said yet how it stands."""
    proposals = written(versions_of(mou)[0]).proposals
    _, stances = standing(mou, [each.wording_id for each in proposals])
    return unsaid(proposals, own, stances)


def _go_on(request: SignedInRequest, mou: MOU, own: list[Party]) -> HttpResponse:
    project = mou.project
    where = [project.programme.slug, project.slug]
    waiting = waiting_for(mou, own)
    if not waiting:
        messages.success(request, "Saved. No other proposal waits for you.")
        return redirect("programmes:mou", *where)
    messages.success(request, "Saved. This is the next proposal.")
    return redirect("programmes:stance_take", *where, waiting[0].key, waiting[0].number)


@require_http_methods(["GET", "HEAD", "POST"])
def remark_make(request: SignedInRequest, slug: str, project_slug: str, key: str) -> HttpResponse:
    mou = mou_of_project(request, slug, project_slug, "programmes.propose_wording")
    clause = get_object_or_404(mou.clauses, key=key)
    clause.mou = mou
    form = RemarkForm(
        request.POST if request.method == "POST" else None,
        own=spoken_for(request.user, mou),
        facilitates=request.user.has_perm("programmes.facilitate_mou", mou),
    )
    if form.through(remark, clause=clause, by=request.user):
        messages.success(request, "Your remark is saved.")
        where = reverse("programmes:clause", args=[slug, project_slug, key])
        return redirect(f"{where}#remarks")
    context = about(mou, clause=clause, form=form)
    return render(request, "programmes/mou/remark.html", context)


@require_safe
def mou_stances(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """The table: clause by party."""
    mou = mou_of_project(request, slug, project_slug)
    members, rows = stances_table(mou)
    context = about(mou, members=members, rows=rows, own=spoken_for(request.user, mou))
    return render(request, "programmes/mou/stances.html", context)


@edit_page
def stances_say(request: SignedInRequest, slug: str, project_slug: str, party: int) -> HttpResponse:
    """Everything to which one party has not said yet how it stands, on one page with one button."""
    mou = to_write(request, slug, project_slug, needs="")
    row = _own(request, mou, party)
    open_ones = unsaid_by(row)
    form = StancesForm(
        request.POST if request.method == "POST" else None,
        wordings=[each.wording.pk for each in open_ones],
    )
    if taken := form.save(party=row, by=request.user):
        messages.success(request, f"Saved: how {row} stands to {taken} of {len(open_ones)}.")
        return redirect("programmes:mou", slug, project_slug)
    context = about(
        mou,
        **form.get_context(),
        party=row,
        asked=[(each, *form.asked(each.wording.pk)) for each in open_ones],
        nothing_said=form.is_bound and form.is_valid(),
    )
    return render(request, "programmes/mou/stances_say.html", context)


def _own(request: SignedInRequest, mou: MOU, pk: int) -> Party:
    """The party, if the reader speaks for it."""
    own = next((party for party in spoken_for(request.user, mou) if party.pk == pk), None)
    if own is None:
        get_object_or_404(mou.parties, pk=pk)
        raise PermissionDenied
    return own
