from functools import cache

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch, require
from accounts.requests import SignedInRequest
from documents.models import Standing
from documents.queries.jobs import standing_of
from documents.tables import listing_page
from programmes.actions.uploads import check_again, latest_job, save_upload, upload
from programmes.forms.programme_import import ImportForm
from programmes.importing.template import FILE_NAME, template_workbook
from programmes.models import ProgrammeImport
from programmes.tables.imports import IMPORTS

MAY_IMPORT = "programmes.import_programme"
MAY_VIEW = "programmes.view_import"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
def imports(request: SignedInRequest) -> HttpResponseBase:
    """What somebody has uploaded, newest first. Others' files are theirs alone."""
    require(request.user, view=MAY_IMPORT)
    rows = _rows().filter(uploaded_by=request.user)
    return listing_page(request, IMPORTS, rows, template="programmes/imports.html")


@require_http_methods(["GET", "HEAD", "POST"])
def import_create(request: SignedInRequest) -> HttpResponse:
    require(request.user, view=MAY_IMPORT)
    form = ImportForm(request.POST, request.FILES) if request.method == "POST" else ImportForm()
    if form.is_valid():
        try:
            row = upload(files=form.contents(), by=request.user, site=_site(request))
        except ValidationError as refusal:
            form.add_error("upload", refusal)
        else:
            return redirect(row)
    return render(request, "programmes/import_create.html", {"form": form})


@require_safe
@vary_on_headers("HX-Request")
def import_(request: SignedInRequest, pk: int) -> HttpResponse:
    """How far a check or an import is, and what came of it."""
    row = fetch(request.user, _rows(), view=MAY_VIEW, pk=pk)
    job = latest_job(row)
    standing = standing_of(job) if job else None
    context = {"import": row, "job": job, "standing": standing, "Standing": Standing}
    if not request.htmx:
        return render(request, "programmes/import.html", context)
    if job is None or job.is_finished:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return render(request, "programmes/import.html#progress", context)


@require_POST
def import_save(request: SignedInRequest, pk: int) -> HttpResponse:
    row = fetch(request.user, _rows(), view=MAY_VIEW, pk=pk)
    try:
        save_upload(programme_import=row, by=request.user, site=_site(request))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect(row)


@require_POST
def import_check(request: SignedInRequest, pk: int) -> HttpResponse:
    row = fetch(request.user, _rows(), view=MAY_VIEW, pk=pk)
    try:
        check_again(programme_import=row, by=request.user, site=_site(request))
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    return redirect(row)


@require_safe
def import_template(request: SignedInRequest) -> HttpResponse:
    """An empty workbook to fill in, with a sheet that explains each column."""
    require(request.user, view=MAY_IMPORT)
    return HttpResponse(
        _template(),
        content_type=WORKBOOK,
        headers={"Content-Disposition": f'attachment; filename="{FILE_NAME}"'},
    )


@cache
def _template() -> bytes:
    return template_workbook()


def _site(request: SignedInRequest) -> str:
    return request.build_absolute_uri("/")


def _rows() -> QuerySet[ProgrammeImport]:
    return ProgrammeImport.objects.select_related("programme")
