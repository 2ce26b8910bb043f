"""Beginning an MOU, and what the project's page shows of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from places.queries.partnerships import partners_of_place
from programmes.actions.mou.beginning import begin_mou
from programmes.forms.mou.memorandum import MOUBeginForm
from programmes.models import MOU, Project, VersionState
from programmes.mou_states import ENDED, FOR_PARTNERS
from programmes.queries.mou.drafting import versions_of


def _project(request: SignedInRequest, slug: str, project_slug: str, needs: str = "") -> Project:
    return fetch(
        request.user,
        Project.objects.select_related("programme", "place"),
        view="programmes.view_project",
        needs=needs,
        programme__slug=slug,
        slug=project_slug,
    )


@require_safe
@vary_on_headers("HX-Request")
def mou_panel(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    """For the project's page: the MOU, or the way to begin it."""
    project = _project(request, slug, project_slug)
    mou = MOU.objects.filter(project=project).only("title", "review_on", "ended_at").first()
    may_see = False
    state = ""
    if mou:
        mou.project = project
        may_see = request.user.has_perm("programmes.view_mou", mou)
        latest = versions_of(mou)[0] if may_see else None
        state = FOR_PARTNERS[VersionState(latest.state)] if latest else ""
        state = ENDED if mou.ended_at else state
    context = {
        "project": project,
        "programme": project.programme,
        "mou": mou,
        "may_see": may_see,
        "state": state,
        "may_begin": mou is None and request.user.has_perm("programmes.begin_mou", project),
    }
    template = "programmes/mou/panel.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_http_methods(["GET", "HEAD", "POST"])
def mou_begin(request: SignedInRequest, slug: str, project_slug: str) -> HttpResponse:
    project = _project(request, slug, project_slug, needs="programmes.begin_mou")
    sent = request.POST if request.method == "POST" else None
    form = MOUBeginForm(sent)
    site = request.build_absolute_uri("/")
    if mou := form.through(begin_mou, by=request.user, project=project, site=site):
        messages.success(request, "The MOU was begun. Now the partners write it together.")
        return redirect("programmes:mou", slug, mou.project.slug)
    context = {
        "form": form,
        "project": project,
        "programme": project.programme,
        "has_one": MOU.objects.filter(project=project).exists(),
        "partnerships": partners_of_place(project.place).filter(left_on__isnull=True),
    }
    return render(request, "programmes/mou/begin.html", context)
