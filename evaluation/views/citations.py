"""The clauses of the project's MOU that an item of evidence, or an excerpt, cites."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from evaluation.models import Evidence, Excerpt
from evaluation.views.evidence import GET_OR_POST, OF_PROJECT, fetch_evidence
from programmes.views.mou.citations import clauses_cited

TEMPLATE = "evaluation/clauses.html"
_OF_PROJECT = [f"project__{name}" for name in OF_PROJECT]
_OF_ITEM = ("number", "title", "withdrawn_at")
ITEMS = Evidence.objects.select_related("project__programme", "project__place").only(
    *_OF_ITEM, *_OF_PROJECT
)
EXCERPTS = Excerpt.objects.select_related(
    "project__programme", "project__place", "version__evidence"
).only("number", "removed_at", *(f"version__evidence__{name}" for name in _OF_ITEM), *_OF_PROJECT)


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
def evidence_clauses(request: SignedInRequest, pk: int) -> HttpResponse:
    """A fragment for the item's own page."""
    item = fetch_evidence(request, pk, "evaluation.change_evidence", ITEMS)
    if item.is_withdrawn:
        raise Http404
    return clauses_cited(request, item, TEMPLATE, evidence=item, project=item.project)


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
def excerpt_clauses(request: SignedInRequest, pk: int) -> HttpResponse:
    """A fragment for the excerpt's own page."""
    row = fetch(
        request.user,
        EXCERPTS,
        view="evaluation.know_of",
        needs="evaluation.change_evidence",
        pk=pk,
    )
    item = row.version.evidence
    if row.removed_at or item.is_withdrawn:
        raise Http404
    return clauses_cited(request, row, TEMPLATE, evidence=item, project=row.project)
