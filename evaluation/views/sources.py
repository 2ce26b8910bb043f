"""How many sources of each kind a project has: staff see it, evaluators say it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.models import Person
from accounts.requests import SignedInRequest
from evaluation.actions.evidence import declare_sources
from evaluation.forms.sources import SourcesForm
from evaluation.queries.sources import sources_of
from evaluation.views.evidence import GET_OR_POST, fetch_project
from programmes.models import Project


@require_http_methods(GET_OR_POST)
def sources(request: SignedInRequest, pk: int) -> HttpResponse:
    project = fetch_project(request, pk, "evaluation.view_sources")
    may_change = request.user.has_perm("evaluation.change_evidence", project)
    if request.method == "POST" and not may_change:
        raise PermissionDenied
    tallies = sources_of(project)
    form = SourcesForm(request.POST or None, tallies=tallies) if may_change else None
    if form and form.is_valid() and _declared(project, form, request.user):
        messages.success(request, "The numbers of sources were saved")
        return redirect("evaluation:sources", project.pk)
    context = {"project": project, "tallies": tallies, "form": form}
    return render(request, "evaluation/sources.html", context)


def _declared(project: Project, form: SourcesForm, by: Person) -> bool:
    """All of them or none."""
    try:
        with transaction.atomic():
            for kind, quantity in form.declared().items():
                declare_sources(project=project, kind=kind, quantity=quantity, by=by)
    except ValidationError as refusal:
        form.add_error(None, " ".join(refusal.messages))
        return False
    return True
