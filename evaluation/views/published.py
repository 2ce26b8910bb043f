from django.contrib.auth.decorators import login_not_required
from django.core.files.storage import default_storage
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from evaluation.queries.published import published


@login_not_required
@require_safe
def published_case_studies(request: HttpRequest) -> HttpResponse:
    """All that is published, for everyone."""
    return render(request, "evaluation/published.html", {"published": published()})


@login_not_required
@require_safe
def published_pdf(request: HttpRequest, programme_slug: str, project_slug: str) -> FileResponse:
    """The PDF of a published case study, for everyone, as long as it is published."""
    which = Q(project__programme__slug=programme_slug, project__slug=project_slug)
    pdf = next((each.pdf for each in published(which)), None)
    if pdf is None or not default_storage.exists(pdf.result_file):
        raise Http404
    response = FileResponse(
        default_storage.open(pdf.result_file),
        filename=f"case-study-{project_slug}.pdf",
        content_type="application/pdf",
    )
    response["Cache-Control"] = "no-cache"  # it may be taken back at any moment
    response["ETag"] = f'"{pdf.result_sha256}"'
    return response
