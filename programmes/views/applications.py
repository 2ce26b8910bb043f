from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from programmes.application_states import FOR_APPLICANTS
from programmes.models import ApplicationState
from programmes.queries.applications import applications
from programmes.queries.deadlines import submit_until


@require_safe
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where an application stands, and what is to be done."""
    row = fetch(request.user, applications(), view="programmes.view_application", pk=pk)
    context = {
        "application": row,
        "call": row.call,
        "programme": row.call.cohort.programme,
        "state": FOR_APPLICANTS[ApplicationState(row.state)],
        "submit_until": submit_until(row),
    }
    return render(request, "programmes/application.html", context)
