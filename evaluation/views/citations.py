"""The clauses of the project's MOU that an item of evidence, or an excerpt, cites."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.requests import SignedInRequest
from evaluation.views.evidence import GET_OR_POST, fetch_evidence
from evaluation.views.excerpts import fetch_excerpt
from programmes.views.mou.citations import clauses_cited

TEMPLATE = "evaluation/clauses.html"


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
def evidence_clauses(request: SignedInRequest, pk: int) -> HttpResponse:
    """A fragment for the item's own page."""
    item = fetch_evidence(request, pk, "evaluation.change_evidence")
    if item.is_withdrawn:
        raise Http404
    return clauses_cited(request, item, TEMPLATE, evidence=item, project=item.project)


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
def excerpt_clauses(request: SignedInRequest, pk: int) -> HttpResponse:
    """A fragment for the excerpt's own page."""
    row = fetch_excerpt(request, pk, "evaluation.change_evidence")
    item = row.version.evidence
    if row.removed_at or item.is_withdrawn:
        raise Http404
    return clauses_cited(request, row, TEMPLATE, evidence=item, project=row.project)
