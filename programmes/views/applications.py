from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch, require
from accounts.requests import SignedInRequest
from programmes.application_states import FOR_APPLICANTS, MAY_BE_WRITTEN
from programmes.models import ApplicationState
from programmes.queries.applications import applications, applications_of
from programmes.queries.deadlines import submit_until
from programmes.queries.supports import backings_of
from programmes.queries.writing import drafts_of, tasks_of


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
    if not request.user.has_perm("programmes.write_application", row):
        return render(request, "programmes/application.html", context)
    tasks = tasks_of(row)
    context |= {
        "tasks": tasks,
        "answered": sum(task.is_answered for task in tasks),
        "may_be_written": row.state in MAY_BE_WRITTEN,
        "drafts": drafts_of(row, request.user),
        "backings": backings_of(row),
    }
    return render(request, "programmes/application_tasks.html", context)


@require_safe
@vary_on_headers("HX-Request")
def home_applications(request: SignedInRequest) -> HttpResponse:
    """For the home page of applicants: what they write, and until when."""
    require(request.user, view="programmes.view_own_applications")
    rows = [
        (row, FOR_APPLICANTS[ApplicationState(row.state)]) for row in applications_of(request.user)
    ]
    template = "programmes/home_applications.html"
    return render(request, f"{template}#panel" if request.htmx else template, {"rows": rows})
