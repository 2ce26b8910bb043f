"""An uploaded file: its text is looked at here, put right, and accepted or discarded."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.queries.jobs import jobs_about
from evaluation.actions.uploads import READ, accept, accept_version, discard, same_file
from evaluation.forms.evidence import AcceptForm, AcceptVersionForm
from evaluation.forms.refusals import through
from evaluation.models import Evidence, Upload
from evaluation.queries.sources import sources_of
from evaluation.views.evidence import GET_OR_POST, OF_PROJECT, say_added

UPLOADS = Upload.objects.select_related("project__programme", "project__place", "evidence").only(
    "details",
    "file_name",
    "file_sha256",
    "text",
    "warnings",
    "read_at",
    "evidence__number",
    *(f"project__{name}" for name in OF_PROJECT),
)


def _fetch(request: SignedInRequest, pk: int) -> Upload:
    needs = "evaluation.change_evidence"
    return fetch(request.user, UPLOADS, view="evaluation.know_of", needs=needs, pk=pk)


@require_http_methods(GET_OR_POST)
def upload(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _fetch(request, pk)
    if row.read_at is None and request.method == "POST":
        return redirect(row)
    if row.read_at is None:
        job = jobs_about(row, kinds=[READ]).first()
        unread = {"upload": row, "project": row.project, "job": job}
        return render(request, "evaluation/upload_unread.html", unread)
    form = _form(request, row)
    if form.is_valid():
        item = _accepted(request, row, form)
        if item is not None:
            return redirect(item)
    context: dict[str, Any] = {
        "upload": row,
        "project": row.project,
        "form": form,
        "same": same_file(row),
    }
    return render(request, "evaluation/upload.html", context)


def _form(request: SignedInRequest, row: Upload) -> AcceptForm | AcceptVersionForm:
    initial = {**row.details, "text": row.text}
    if row.evidence:
        return AcceptVersionForm(request.POST or None, initial=initial)
    tallies = sources_of(row.project)
    return AcceptForm(request.POST or None, initial=initial, tallies=tallies)


def _accepted(
    request: SignedInRequest, row: Upload, form: AcceptForm | AcceptVersionForm
) -> Evidence | None:
    text = form.cleaned_data["text"]
    if isinstance(form, AcceptVersionForm):
        made = through(form, partial(accept_version, upload=row, text=text, by=request.user))
        if made:
            messages.success(request, f"{made.evidence.reference} has a new version of its text")
        return made.evidence if made else None
    item = through(
        form,
        partial(
            accept,
            upload=row,
            details=form.details(),
            text=text,
            already_listed=form.is_listed(),
            by=request.user,
        ),
    )
    if item:
        say_added(request, item)
    return item


@require_POST
def upload_discard(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _fetch(request, pk)
    try:
        discard(upload=row)
        messages.success(request, "The file was discarded. Nothing of it was kept")
    except ValidationError as refusal:  # somebody accepted it at the same moment
        messages.warning(request, refusal.messages[0])
    return (
        redirect(row.evidence)
        if row.evidence
        else redirect("evaluation:evidence_list", row.project_id)
    )
