"""What evaluation knows of a project, for the project's own page."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from evaluation.models import CaseStudy
from evaluation.queries.evidence import evidence_counts
from evaluation.queries.sources import sources_of
from evaluation.views.evidence import PROJECTS


@require_safe
@vary_on_headers("HX-Request")
def project_panel(request: SignedInRequest, pk: int) -> HttpResponse:
    """Sources and counts for staff and evaluators, the published case study for everyone else."""
    project = fetch(request.user, PROJECTS, view="programmes.view_project", pk=pk)
    may_see_sources = request.user.has_perm("evaluation.view_sources", project)
    case_study = CaseStudy.objects.select_related("project").filter(project=project).first()
    context = {
        "project": project,
        "may_see_sources": may_see_sources,
        "tallies": sources_of(project) if may_see_sources else [],
        "counts": evidence_counts(project) if may_see_sources else None,
        "case_study": case_study,
    }
    template = "evaluation/project_panel.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)
