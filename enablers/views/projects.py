from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from enablers.queries.enablers import enablers_of
from programmes.models import Project


@require_safe
@vary_on_headers("HX-Request")
def project_panel(request: SignedInRequest, pk: int) -> HttpResponse:
    """For the page of a project, one floor below: who its enabler is."""
    project = fetch(
        request.user,
        Project.objects.select_related("programme", "place"),
        view="programmes.view_project",
        pk=pk,
    )
    context = {"project": project, "enablers": enablers_of(project)}
    template = "enablers/project_panel.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)
