"""The evaluation report of a programme or of one cohort: what stands before its parts."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from evaluation.manuscripts import report as manuscript
from evaluation.queries import report_parts
from programmes.models import Cohort, Programme

PROGRAMMES = Programme.objects.only(
    "name", "slug", "run_by", "on_behalf_of", "is_invented", "frame"
)


@dataclass(frozen=True)
class Asked:
    """Which report somebody asked for: of a programme, or of the cohort that `?cohort=` names."""

    programme: Programme
    cohort: Cohort | None

    @property
    def title(self) -> str:
        return manuscript.title_of(self.programme)

    @property
    def subtitle(self) -> str:
        return manuscript.subtitle_of(self.cohort)

    def address(self, name: str, *more: object) -> str:
        only = f"?cohort={self.cohort.number}" if self.cohort else ""
        return reverse(f"evaluation:{name}", args=[self.programme.slug, *more]) + only


def asked_for(
    request: SignedInRequest, slug: str, *, needs: str = "evaluation.view_report"
) -> Asked:
    """The report that the address names, if the person may see it."""
    programme = fetch(request.user, PROGRAMMES, view="evaluation.know_of", needs=needs, slug=slug)
    return Asked(programme, _cohort(request, programme))


def _cohort(request: SignedInRequest, programme: Programme) -> Cohort | None:
    number = request.GET.get("cohort", "")
    if not number:
        return None
    cohort = next((each for each in programme.cohorts.all() if str(each.number) == number), None)
    if cohort is None:
        raise Http404
    return cohort


@require_safe
def report(request: SignedInRequest, slug: str) -> HttpResponse:
    """What the report is of and what must be said of it first; its parts come from their own pages."""
    asked = asked_for(request, slug)
    overview = report_parts.overview_of(asked.programme, asked.cohort)
    context = {
        "asked": asked,
        "cohorts": list(asked.programme.cohorts.all()),
        "cover": manuscript.cover_of(overview),
        "notice": manuscript.notice_of(overview),
        "parts": [
            (manuscript.CASE_STUDIES, asked.address("report_case_studies")),
            (manuscript.SOURCES, asked.address("report_sources")),
            (manuscript.FINDINGS, asked.address("report_findings")),
            (manuscript.EVIDENCE, asked.address("report_evidence")),
        ],
        "files": asked.address("report_files"),
        "may_make": request.user.has_perm("evaluation.make_report", asked.programme),
    }
    return render(request, "evaluation/report.html", context)
