from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.manuscript import as_html
from documents.paging import some_of
from documents.queries.jobs import jobs_about
from evaluation.jobs import REPORT_KINDS
from evaluation.manuscripts.report import report_manuscript
from evaluation.queries.report import report as read_report
from programmes.models import Cohort, Programme


def programme_called(request: SignedInRequest, slug: str, *, needs: str) -> Programme:
    programmes = Programme.objects.select_related("frame__lens")
    return fetch(request.user, programmes, view="evaluation.know_of", needs=needs, slug=slug)


def cohort_asked_for(request: SignedInRequest, programme: Programme) -> Cohort | None:
    """The cohort that `?cohort=` names; all of them without it."""
    number = request.GET.get("cohort", "")
    if not number:
        return None
    cohort = next((each for each in programme.cohorts.all() if str(each.number) == number), None)
    if cohort is None:
        raise Http404
    return cohort


@require_safe
def report(request: SignedInRequest, slug: str) -> HttpResponse:
    """The evaluation report as it stands now, and the files made of it."""
    programme = programme_called(request, slug, needs="evaluation.view_report")
    cohort = cohort_asked_for(request, programme)
    manuscript = report_manuscript(read_report(programme, cohort))
    jobs = jobs_about(programme, kinds=REPORT_KINDS.values())
    only = f"?cohort={cohort.number}" if cohort else ""
    context = {
        "address": reverse("evaluation:report_files", kwargs={"slug": programme.slug}) + only,
        "programme": programme,
        "cohort": cohort,
        "cohorts": programme.cohorts.all(),
        "manuscript": manuscript,
        "preview": as_html(manuscript),
        "jobs": some_of(
            jobs.filter(parameters__cohort=cohort.number if cohort else None),
            request.GET,
            "files",
        ),
        "may_make": request.user.has_perm("evaluation.make_report", programme),
    }
    return render(request, "evaluation/report.html", context)
