"""A clause: its wording, what is proposed, how all stand to it, what was said of it."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.requests import SignedInRequest
from programmes.actions.mou.wordings import move_clause
from programmes.forms.mou.stance import RemarkForm
from programmes.queries.mou.drafting import draft_of, spoken_for
from programmes.queries.mou.wordings import changed, clause_page
from programmes.views.mou.memorandum import about, mou_of_project


@require_safe
def clause(request: SignedInRequest, slug: str, project_slug: str, key: str) -> HttpResponse:
    mou = mou_of_project(request, slug, project_slug)
    page = clause_page(mou, key)
    if page is None:
        raise Http404
    now = page.clause
    own = spoken_for(request.user, mou)
    facilitates = request.user.has_perm("programmes.facilitate_mou", mou)
    context = about(
        mou,
        clause=now,
        page=page,
        standing=now.standing,
        proposals=[(each, changed(now.standing, each)) for each in now.proposals],
        own=own,
        facilitates=facilitates,
        may_write=now.is_written and bool(own or facilitates),
        remark_form=RemarkForm(own=own, facilitates=facilitates) if own or facilitates else None,
    )
    return render(request, "programmes/mou/clause.html", context)


@require_POST
def clause_move(
    request: SignedInRequest, slug: str, project_slug: str, key: str, way: str
) -> HttpResponse:
    mou = mou_of_project(request, slug, project_slug, "programmes.facilitate_mou")
    row = get_object_or_404(mou.clauses, key=key)
    if draft := draft_of(mou):
        draft.mou = mou
        move_clause(version=draft, clause=row, up=way == "up", by=request.user)
    return redirect(f"{reverse('programmes:mou', args=[slug, project_slug])}#clause-{key}")
