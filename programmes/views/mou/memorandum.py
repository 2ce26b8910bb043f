"""The MOU's own page: what needs the reader, then the clauses as they stand."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from programmes.actions.mou.beginning import change_mou
from programmes.actions.mou.sending import TO_FILL_IN
from programmes.forms.mou.memorandum import MOUForm
from programmes.models import MOU, VersionState
from programmes.mou_states import ENDED, FOR_PARTNERS
from programmes.queries.mou.drafting import (
    draft_among,
    in_force_among,
    is_nothing_open,
    spoken_for,
    versions_of,
    written,
)
from programmes.queries.mou.sealed import sealed_of
from programmes.queries.mou.stances import counted, standing, unsaid

# What its pages and permissions read of an MOU and of where it belongs.
SHOWN = (
    "title",
    "review_on",
    "ended_at",
    "ended_because",
    "project__slug",
    "project__focus",
    "project__cohort",
    "project__application",
    "project__programme__name",
    "project__programme__slug",
    "project__place__name",
    "project__place__slug",
)


def mou_of_project(
    request: SignedInRequest,
    slug: str,
    project_slug: str,
    needs: str = "",
    rows: QuerySet[MOU] | None = None,
) -> MOU:
    """The MOU of a project, for whoever may see it (else 404) and has `needs` on it (else 403)."""
    found = MOU.objects.all() if rows is None else rows
    return fetch(
        request.user,
        found.select_related("project__programme", "project__place").only(*SHOWN),
        view="programmes.view_mou",
        needs=needs,
        project__slug=project_slug,
        project__programme__slug=slug,
    )


def about(mou: MOU, **context: object) -> dict[str, object]:
    """What the crumbs and headings of every page of an MOU name."""
    return {
        "mou": mou,
        "project": mou.project,
        "programme": mou.project.programme,
        "at": (mou.project.programme.slug, mou.project.slug),
        **context,
    }


@require_safe
def mou(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """The latest version, clause by clause, with what is proposed."""
    mou = mou_of_project(request, slug, project_slug)
    versions = versions_of(mou)
    version = versions[0]
    draft = None if mou.ended_at else draft_among(versions)
    sealed_version = in_force_among(versions)
    now = written(version)
    lines, proposals = now.lines, now.proposals
    members, stances = standing(mou, now.wording_ids)
    own = spoken_for(request.user, mou)
    facilitates = request.user.has_perm("programmes.facilitate_mou", mou)
    clauses = [
        {"line": line, "stances": counted(stances.get(line.wording_id, {}), len(members))}
        for line in lines
    ]
    context = about(
        mou,
        version=version,
        is_draft=draft is not None,
        state=ENDED if mou.ended_at else FOR_PARTNERS[VersionState(version.state)],
        in_force=in_force_among(versions[1:]),
        sealed_version=sealed_version,
        sealed=sealed_of(sealed_version) if sealed_version else None,
        clauses=clauses,
        new_clauses=[each for each in proposals if each.is_new],
        members=members,
        own=own,
        facilitates=facilitates,
        may_write=draft is not None and bool(own or facilitates),
        may_begin=facilitates and mou.ended_at is None and is_nothing_open(versions),
        waiting=unsaid(proposals, own, stances),
        unsaid_clauses=len(unsaid(lines, own, stances)) if draft else 0,
        to_settle=[
            (each, counted(stances.get(each.wording_id, {}), len(members)))
            for each in (proposals if facilitates else [])
        ],
        to_fill_in=[line for line in lines if TO_FILL_IN.search(line.text)] if draft else [],
    )
    return render(request, "programmes/mou/mou.html", context)


@edit_page
def mou_edit(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """Its title and the day of the next review."""
    rows = to_edit(request, MOU.objects.all())
    mou = mou_of_project(request, slug, project_slug, "programmes.facilitate_mou", rows)
    form = MOUForm(request.POST if request.method == "POST" else None, instance=mou)
    if form.through(change_mou, mou=mou, by=request.user):
        messages.success(request, "Title and review date were saved.")
        return redirect("programmes:mou", slug, project_slug)
    return render(request, "programmes/mou/edit.html", about(mou, form=form))
