"""Applications as staff see them: the list of a call, and all that is known of one."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import require
from accounts.requests import SignedInRequest
from documents.tables import listing_page
from programmes.checks import CHECKED_IN, checks_of
from programmes.models import Application, Phase
from programmes.queries.applications import (
    applications,
    applications_for_staff,
    applications_in_calls,
    next_to_check,
    with_last_reason,
    with_what_happened,
)
from programmes.queries.calls_under_way import calls_under_way
from programmes.queries.deadlines import submit_until
from programmes.queries.eligibility import noticed
from programmes.queries.noticing import Noticing, with_submissions
from programmes.queries.submissions import latest_submission, read_submission
from programmes.queries.writers import writers_of
from programmes.tables.applications import applications_to
from programmes.views.call_preparation import about, call_to_manage


def application_to_manage(
    request: SignedInRequest, pk: int, rows: QuerySet[Application] | None = None
) -> Application:
    """For staff who are not recused from it; 403 for others who may see it, 404 for everyone else."""
    application = get_object_or_404(applications() if rows is None else rows, pk=pk)
    if not request.user.has_perm("programmes.manage_application", application):
        require(
            request.user,
            view="programmes.view_application",
            needs="programmes.manage_application",
            subject=application,
        )
    return application


def about_application(application: Application, **others: object) -> dict[str, object]:
    """What every page of staff about an application says."""
    return about(application.call, application=application, **others)


@require_safe
def call_applications(request: SignedInRequest, slug: str, number: int) -> HttpResponseBase:
    """The list of a call, without what this member of staff is recused from."""
    call = call_to_manage(request, slug, number)
    if call.phase == Phase.PREPARATION:
        raise Http404
    rows = applications_for_staff(call, request.user)
    noticing = None
    if "download" in request.GET:  # a page of it would take far longer than other lists
        rows, noticing = with_submissions(with_last_reason(rows)), Noticing(call, request.user)
    with timezone.override(call.zone):
        return listing_page(
            request,
            applications_to(call, noticing),
            rows,
            template="programmes/call_applications.html",
            context=about(call),
        )


@require_safe
def application_record(request: SignedInRequest, pk: int) -> HttpResponse:
    """Where it stands, what staff can do now, and what was submitted."""
    application = application_to_manage(request, pk)
    submission = latest_submission(application)
    in_checking = application.call.phase in CHECKED_IN
    context = about_application(
        application,
        submission=submission,
        answers=read_submission(submission) if submission else [],
        checks=checks_of(application),
        following=next_to_check(application, request.user) if in_checking else None,
        submit_until=submit_until(application),
    )
    return render(request, "programmes/application_record.html", context)


@require_safe
@vary_on_headers("HX-Request")
def application_hints(request: SignedInRequest, pk: int) -> HttpResponse:
    """What Placework notices about an application, and who confirms their support of it."""
    application = application_to_manage(request, pk, applications_in_calls())
    context = about_application(application, **noticed(application, request.user))
    template = "programmes/application_hints.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_safe
@vary_on_headers("HX-Request")
def application_history(request: SignedInRequest, pk: int) -> HttpResponse:
    """Who writes it, and how it came to where it stands."""
    application = application_to_manage(request, pk, with_what_happened())
    context = about_application(
        application,
        writers=writers_of([application]).order_by("name", "email").only("name", "email"),
        changes=application.changes.order_by("-changed_at", "-pk"),
        submissions=_if("is_submitted", application, application.submissions.defer("answers")),
        corrections=_if("is_corrected", application, application.corrections.all()),
        extensions=_if("is_extended", application, application.extensions.all()),
    )
    template = "programmes/application_history.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


def _if(known: str, application: Application, rows: QuerySet[Any]) -> Iterable[Any]:
    """`rows`, without asking for them where the query of the application has told that there are none."""
    return rows if getattr(application, known) else ()


@require_safe
def application_submission(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    """An application as it was handed in at one time."""
    application = application_to_manage(request, pk)
    submission = get_object_or_404(application.submissions, number=number)
    context = about_application(
        application, submission=submission, answers=read_submission(submission)
    )
    return render(request, "programmes/application_submission.html", context)


@require_safe
@vary_on_headers("HX-Request")
def home_waiting(request: SignedInRequest) -> HttpResponse:
    """For the home page of staff: the calls that they run, and what waits for them in each."""
    require(request.user, view="programmes.view_programmes", needs="programmes.view_gaps")
    context = {"calls": calls_under_way(request.user)}
    template = "programmes/home_waiting.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)
