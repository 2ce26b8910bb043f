"""Versions of an item's text: the earlier ones, a new one, and excerpts that move along."""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import SignedInRequest
from documents.paging import some_of
from evaluation.actions.coding import carry_over
from evaluation.actions.evidence import add_version
from evaluation.actions.uploads import upload
from evaluation.forms.refusals import through
from evaluation.forms.version import VersionForm
from evaluation.models import Evidence, TextVersion
from evaluation.queries.carrying import fates
from evaluation.views.evidence import GET_OR_POST, coded, fetch_evidence


def _version(item: Evidence, number: int) -> TextVersion:
    """Texts of withdrawn evidence are shown to nobody."""
    if item.is_withdrawn:
        raise Http404
    return get_object_or_404(item.versions, number=number)


@require_safe
@vary_on_headers("HX-Request")
def versions(request: SignedInRequest, pk: int) -> HttpResponse:
    """All of them, the newest first; a fragment for the item's own page."""
    item = fetch_evidence(request, pk, "evaluation.view_evidence")
    if item.is_withdrawn:
        raise Http404
    rows = item.versions.defer("text", "warnings").order_by("-number")
    context = {
        "project": item.project,
        "evidence": item,
        "versions": some_of(rows, request.GET, "versions"),
    }
    template = "evaluation/versions.html"
    return render(request, f"{template}#versions" if request.htmx else template, context)


@require_safe
def version(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    item = fetch_evidence(request, pk, "evaluation.view_evidence")
    context = {**coded(_version(item, number)), "evidence": item, "project": item.project}
    return render(request, "evaluation/version.html", context)


@require_safe
def version_file(request: SignedInRequest, pk: int, number: int) -> FileResponse:
    """The file that a version came from, as it was uploaded."""
    row = _version(fetch_evidence(request, pk, "evaluation.view_evidence"), number)
    if not row.file or not default_storage.exists(row.file):
        raise Http404
    response = FileResponse(
        default_storage.open(row.file),
        as_attachment=True,
        filename=row.file_name,
        content_type="application/octet-stream",
    )
    response["Cache-Control"] = "private, no-store"
    return response


@require_http_methods(GET_OR_POST)
def version_create(request: SignedInRequest, pk: int) -> HttpResponse:
    item = fetch_evidence(request, pk, "evaluation.change_evidence")
    if item.is_withdrawn:
        return redirect(item)
    form = VersionForm(
        request.POST or None, request.FILES or None, latest=item.latest_version().text
    )
    response = _made(request, item, form) if form.is_valid() else None
    context = {"project": item.project, "evidence": item, "form": form}
    return response or render(request, "evaluation/version_create.html", context)


def _made(request: SignedInRequest, item: Evidence, form: VersionForm) -> HttpResponse | None:
    file: UploadedFile[bytes] | None = form.cleaned_data["file"]
    if file:
        row = through(
            form,
            lambda: upload(
                project=item.project,
                evidence=item,
                file_name=file.name or "",
                content=file.read(),
                details={},
                by=request.user,
            ),
        )
        return redirect(row) if row else None
    text = form.cleaned_data["text"]
    made = through(form, partial(add_version, evidence=item, text=text, by=request.user))
    if made is None:
        return None
    messages.success(request, f"{item.reference} has a new version of its text")
    return redirect(item)


@require_http_methods(GET_OR_POST)
def excerpts_carry(request: SignedInRequest, pk: int) -> HttpResponse:
    """What can be carried from earlier versions to the latest, and then that it is."""
    item = fetch_evidence(request, pk, "evaluation.change_evidence")
    if request.method != "POST":
        found = [] if item.is_withdrawn else fates(item.latest_version())
        context = {"project": item.project, "evidence": item, "fates": found}
        return render(request, "evaluation/excerpts_carry.html", context)
    result = carry_over(evidence=item, by=request.user)
    moved = sum(fate.start is not None for fate in result)
    left = len(result) - moved
    told = f"{moved} {'excerpt was' if moved == 1 else 'excerpts were'} carried to this version"
    messages.success(request, f"{told}; {left} could not be" if left else told)
    return redirect(item)
