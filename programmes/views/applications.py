from datetime import datetime
from typing import Any

from django.db.models import F
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch, require
from accounts.requests import SignedInRequest
from accounts.roles import Role
from programmes.application_states import FOR_APPLICANTS, MAY_BE_WRITTEN, may_be_withdrawn
from programmes.models import Application, ApplicationState
from programmes.queries.applications import (
    applications,
    applications_of,
    applications_to_write,
)
from programmes.queries.deadlines import is_in_time, may_be_taken_back, submit_until
from programmes.queries.outcomes import outcome_of
from programmes.queries.submissions import latest_submission
from programmes.queries.supports import backings_of
from programmes.queries.writing import tasks_and_drafts_of


@require_safe
def application(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where an application stands, and what is to be done."""
    if pk in request.user.scope_ids("programmes.application", Role.APPLICANT):
        return _to_write(request, pk)
    row = fetch(request.user, applications(), view="programmes.view_application", pk=pk)
    context = _standing(row) | {"programme": row.call.cohort.programme}
    return render(request, "programmes/application.html", context)


def _standing(row: Application) -> dict[str, Any]:
    return {
        "application": row,
        "call": row.call,
        "state": FOR_APPLICANTS[ApplicationState(row.state)],
        "submit_until": submit_until(row),
        "outcome": outcome_of(row),
    }


def _to_write(request: SignedInRequest, pk: int) -> HttpResponse:
    """For its writers, with the address of the call and nothing else of its programme."""
    rows = applications_to_write().annotate(
        programme_slug=F("call__cohort__programme__slug"), cohort_number=F("call__cohort__number")
    )
    row = fetch(request.user, rows, view="programmes.write_application", pk=pk)
    context = _standing(row)
    context |= _tasks(request, row, context["submit_until"])
    return render(request, "programmes/application_tasks.html", context)


def _tasks(request: SignedInRequest, row: Application, until: datetime | None) -> dict[str, Any]:
    """What its writers have done, and what they can do now."""
    tasks, drafts = tasks_and_drafts_of(row, request.user)
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
        "drafts": drafts,
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
