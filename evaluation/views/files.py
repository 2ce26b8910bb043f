"""Files: those that were made of the report, and asking for one."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.paging import some_of
from documents.queries.jobs import jobs_about
from evaluation.actions.files import request_case_study, request_report
from evaluation.forms.files import FileForm
from evaluation.jobs import REPORT_KINDS
from evaluation.views.case_study import KNOWN, WRITE, with_place
from evaluation.views.report import Asked, asked_for


@require_POST
def case_study_files(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for a PDF or Word file of the case study as it stands."""
    study = fetch(request.user, with_place(), view=KNOWN, needs=WRITE, pk=pk)
    form = FileForm(request.POST)
    if not form.is_valid():
        return redirect(study)
    job = request_case_study(case_study=study, suffix=form.cleaned_data["format"], by=request.user)
    return redirect("documents:job", pk=job.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request")
def report_files(request: SignedInRequest, slug: str) -> HttpResponse:
    """The files made of the evaluation report, of `?cohort=` alone if that is given; or ask for one."""
    if request.method != "POST":
        return _report_files(request, asked_for(request, slug))
    asked = asked_for(request, slug, needs="evaluation.make_report")
    form = FileForm(request.POST)
    if not form.is_valid():
        return redirect(asked.address("report"))
    job = request_report(
        programme=asked.programme,
        cohort=asked.cohort,
        suffix=form.cleaned_data["format"],
        by=request.user,
    )
    return redirect("documents:job", pk=job.pk)


def _report_files(request: SignedInRequest, asked: Asked) -> HttpResponse:
    jobs = jobs_about(asked.programme, kinds=REPORT_KINDS.values())
    of_it = jobs.filter(parameters__cohort=asked.cohort.number if asked.cohort else None)
    context = {
        "asked": asked,
        "whole": asked.address("report"),
        "jobs": some_of(of_it, request.GET, "files"),
    }
    template = "evaluation/report_files.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)
