from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch, require
from accounts.requests import SignedInRequest
from programmes.application_states import FOR_APPLICANTS, MAY_BE_WRITTEN, may_be_withdrawn
from programmes.models import Application, ApplicationState
from programmes.queries.applications import applications, applications_of
from programmes.queries.deadlines import is_in_time, may_be_taken_back, submit_until
from programmes.queries.outcomes import outcome_of
from programmes.queries.submissions import latest_submission
from programmes.queries.supports import backings_of
from programmes.queries.writing import drafts_of, tasks_of


@require_safe
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where an application stands, and what is to be done."""
    row = fetch(request.user, applications(), view="programmes.view_application", pk=pk)
    until = submit_until(row)
    context = {
        "application": row,
        "call": row.call,
        "programme": row.call.cohort.programme,
        "state": FOR_APPLICANTS[ApplicationState(row.state)],
        "submit_until": until,
        "outcome": outcome_of(row),
    }
    if not request.user.has_perm("programmes.write_application", row):
        return render(request, "programmes/application.html", context)
    return render(
        request, "programmes/application_tasks.html", context | _tasks(request, row, until)
    )


def _tasks(request: SignedInRequest, row: Application, until: datetime | None) -> dict[str, Any]:
    """What its writers have done, and what they can do now."""
    tasks = tasks_of(row)
    may_be_written = row.state in MAY_BE_WRITTEN
    is_correction = row.state == ApplicationState.CORRECTION
    return {
        "tasks": tasks,
        "answered": sum(task.is_answered for task in tasks),
        "missing": sum(bool(task.faults) for task in tasks),
        "may_be_written": may_be_written,
        "may_be_submitted": may_be_written and is_in_time(row, until),
        "may_be_taken_back": may_be_taken_back(row),
        "may_be_withdrawn": may_be_withdrawn(row),
        "drafts": drafts_of(row, request.user),
        "backings": backings_of(row),
        "submission": None if may_be_written else latest_submission(row),
        "correction": row.corrections.first() if is_correction else None,
    }


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
