from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import require
from accounts.requests import SignedInRequest
from enablers.queries.enablers import projects_without_enabler

SHOWN = 10


@require_safe
@vary_on_headers("HX-Request")
def home_panel(request: SignedInRequest) -> HttpResponse:
    """For the home page of staff: which of their projects have no enabler yet."""
    require(request.user, view="programmes.view_programmes", needs="programmes.view_gaps")
    projects = list(projects_without_enabler(request.user)[: SHOWN + 1])
    context = {"projects": projects[:SHOWN], "are_more": len(projects) > SHOWN}
    template = "enablers/home_panel.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)
