"""Each part of an evaluation report: a page of its own, and a panel of the report's page."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import SignedInRequest
from documents.manuscript import Manuscript, Part, as_html
from documents.paging import Some, some_of
from evaluation.manuscripts import report as manuscript
from evaluation.models import CaseStudy, Section
from evaluation.queries import report_parts
from evaluation.views.report import Asked, asked_for
from programmes.models import Dimension


@require_safe
@vary_on_headers("HX-Request")
def report_case_studies(request: SignedInRequest, slug: str) -> HttpResponse:
    """The table of case studies, some at a time."""
    asked = asked_for(request, slug)
    studies = report_parts.sites(asked.programme, asked.cohort)
    some = some_of(studies, request.GET, "places")
    part = manuscript.case_studies_part(
        report_parts.with_sources(some.rows),
        is_continued=bool(some.newer),
    )
    return _shown(request, asked, part, f"case-studies-{some.number}", some)


@require_safe
@vary_on_headers("HX-Request")
def report_sources(request: SignedInRequest, slug: str) -> HttpResponse:
    """The sums of sources, and how many case studies there are of each type."""
    asked = asked_for(request, slug)
    which = asked.programme, asked.cohort
    part = manuscript.sources_part(
        report_parts.sums(*which),
        report_parts.types(*which),
        others=report_parts.projects_without(*which),
    )
    return _shown(request, asked, part, "sources")


@require_safe
@vary_on_headers("HX-Request")
def report_findings(request: SignedInRequest, slug: str) -> HttpResponse:
    """The dimensions, with what was found on each from its own page."""
    asked = asked_for(request, slug)
    dimensions = report_parts.dimensions_of(asked.programme, asked.cohort)
    context = {
        "asked": asked,
        "whole": asked.address("report"),
        "heading": manuscript.FINDINGS,
        "parts": [(each.name, asked.address("report_finding", each.pk)) for each in dimensions],
    }
    template = "evaluation/report_findings.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_safe
@vary_on_headers("HX-Request")
def report_finding(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    """What the case studies found on one dimension, some places at a time."""
    asked = asked_for(request, slug)
    dimension = get_object_or_404(Dimension, pk=pk)
    written = report_parts.written_on(dimension, asked.programme, asked.cohort)
    some = some_of(written, request.GET, "places")
    is_of_frame = dimension.version_id == asked.programme.frame_id
    if not some and not is_of_frame:
        raise Http404
    findings = report_parts.findings_in(some.rows, asked.programme, asked.cohort)
    part = manuscript.findings_part(dimension, findings, is_continued=bool(some.newer))
    return _shown(request, asked, part, f"findings-{dimension.pk}-{some.number}", some)


@require_safe
@vary_on_headers("HX-Request")
def report_evidence(request: SignedInRequest, slug: str) -> HttpResponse:
    """How much evidence is coded to each dimension."""
    asked = asked_for(request, slug)
    branches = report_parts.evidence_on_frame(asked.programme, asked.cohort)
    return _shown(request, asked, manuscript.evidence_part(branches), "evidence")


def _shown(
    request: SignedInRequest,
    asked: Asked,
    part: Part,
    name: str,
    some: Some[CaseStudy] | Some[Section] | None = None,
) -> HttpResponse:
    """The part in a page of its own, or for htmx the part alone; `name` begins its anchors."""
    context = {
        "title": asked.title,
        "caption": asked.subtitle,
        "whole": asked.address("report"),
        "heading": part.heading,
        "part": as_html(Manuscript(part.heading, parts=(part,)), name=f"{name}-"),
        "is_empty": False,
        "some": some,
    }
    template = "evaluation/part_of_document.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)
