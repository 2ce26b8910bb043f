"""The document of a case study before it is made: what stands first, and each part by itself."""

from collections.abc import Callable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.manuscript import Manuscript, Part, as_html
from evaluation.manuscripts import case_study as manuscript
from evaluation.models import CaseStudy
from evaluation.queries.quotes import touched_quotes
from evaluation.queries.readings import read_findings, read_narrative
from evaluation.views.case_study import DOWNLOAD, KNOWN, with_cohort, with_place

Read = Callable[[CaseStudy, manuscript.Edition], Part]
PARTS: dict[str, tuple[str, Read]] = {
    "case": (
        manuscript.CASE,
        lambda study, edition: manuscript.case_part(read_narrative(study), edition),
    ),
    "findings": (
        manuscript.FINDINGS,
        lambda study, edition: manuscript.findings_part(read_findings(study), edition),
    ),
    "evidence": (manuscript.EVIDENCE, manuscript.evidence_part),
}


@require_safe
def case_study_preview(request: SignedInRequest, pk: int) -> HttpResponse:
    """What stands before the parts of the PDF; the parts come from their own pages."""
    study = fetch(request.user, with_cohort(), view=KNOWN, needs=DOWNLOAD, pk=pk)
    edition = manuscript.Edition.now(study)
    touched = [
        manuscript.said_of_touched(each.excerpt.reference, each.section)
        for each in touched_quotes([study])
    ]
    context = {
        "case_study": study,
        "project": study.project,
        "cover": manuscript.cover_of(study, edition),
        "notice": manuscript.notice_of(study, edition, touched),
        "parts": [
            (heading, reverse("evaluation:case_study_part", kwargs={"pk": pk, "part": part}))
            for part, (heading, _) in PARTS.items()
        ],
    }
    return render(request, "evaluation/case_study_preview.html", context)


@require_safe
@vary_on_headers("HX-Request")
def case_study_part(request: SignedInRequest, pk: int, part: str) -> HttpResponse:
    """One part of the document, as it stands now."""
    study = fetch(request.user, with_place(), view=KNOWN, needs=DOWNLOAD, pk=pk)
    if part not in PARTS:
        raise Http404
    _, read = PARTS[part]
    shown = read(study, manuscript.Edition.now(study))
    context = {
        "title": str(study),
        "caption": "Preview",
        "whole": reverse("evaluation:case_study_preview", kwargs={"pk": pk}),
        "heading": shown.heading,
        "part": as_html(Manuscript(shown.heading, parts=(shown,)), name=f"{part}-"),
        "is_empty": not shown.blocks,
        "some": None,
    }
    template = "evaluation/part_of_document.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)
