import hashlib
import mimetypes
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.actions.jobs import request_job
from documents.models import Job, Standing
from documents.queries.jobs import standing_of
from documents.registry import NO_LONGER_MADE

WITH_PEOPLE = Job.objects.select_related("requested_by", "subject_type")


@login_required
@require_GET
@vary_on_headers("HX-Request")
def job(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far a job is. Asked again by htmx with what was `seen`, it answers only what is new."""
    row = fetch(request.user, WITH_PEOPLE, view="documents.view_job", pk=pk)
    context = _progress(row)
    if not request.htmx:
        return render(request, "documents/job.html", context)
    seen = request.GET.get("seen", "")
    if seen == context["seen"]:
        return HttpResponse(status=204)
    context["is_new_standing"] = not seen.startswith(f"{context['standing']}-")
    return render(request, "documents/job.html#polled", context)


@login_required
@require_POST
def job_again(request: SignedInRequest, pk: int) -> HttpResponse:
    """Ask for the same once more. What failed stays as it is."""
    row = fetch(request.user, WITH_PEOPLE, view="documents.view_job", pk=pk)
    if not row.is_finished:
        return redirect("documents:job", pk=row.pk)
    if not row.can_be_asked_again:
        messages.warning(request, NO_LONGER_MADE)
        return redirect("documents:job", pk=row.pk)
    again = request_job(row.kind, by=request.user, subject=row.subject, parameters=row.parameters)
    return redirect("documents:job", pk=again.pk)


@login_required
@require_GET
def job_file(request: SignedInRequest, pk: int) -> HttpResponse | FileResponse:
    """The file that a job made, for download."""
    row = fetch(request.user, WITH_PEOPLE, view="documents.download", pk=pk)
    if not row.has_file or not default_storage.exists(row.result_file):
        context = _progress(row, file_is_missing=row.has_file)
        return render(request, "documents/job.html", context, status=404)
    kind = mimetypes.guess_type(row.result_name)[0] or "application/octet-stream"
    response = FileResponse(
        default_storage.open(row.result_file),
        as_attachment=True,
        filename=row.result_name,
        content_type=kind,
    )
    response["Cache-Control"] = "private, no-cache"
    response["ETag"] = f'"{row.result_sha256}"'
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _progress(row: Job, *, file_is_missing: bool = False) -> dict[str, Any]:
    standing = standing_of(row)
    is_wanting = file_is_missing or standing == Standing.FAILED
    digest = hashlib.sha256(row.doing.encode()).hexdigest()[:8]
    return {
        "job": row,
        "title": row.title,
        "subject": row.subject,
        "standing": standing,
        "Standing": Standing,
        "file_is_missing": file_is_missing,
        "offers_again": is_wanting and row.can_be_asked_again,
        "back": getattr(row.subject, "get_absolute_url", str)(),
        "seen": f"{standing}-{row.attempts}-{row.steps_done}-{row.steps}-{digest}",
    }
