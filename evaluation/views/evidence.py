"""The evidence of a project: the list, an item with its text and coding, adding, changing, withdrawing."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods, require_safe

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.tables import listing_page
from evaluation.actions.evidence import add_evidence, change_details, lock, withdraw
from evaluation.actions.uploads import upload
from evaluation.excerpt_list import excerpt_list
from evaluation.forms.evidence import EvidenceCreateForm, EvidenceForm, WithdrawForm
from evaluation.forms.refusals import through
from evaluation.highlighting import marked
from evaluation.models import Evidence, TextVersion
from evaluation.names import reads_like_a_name
from evaluation.queries.coding import cut_from, lenses_to_code_with
from evaluation.queries.evidence import evidence_of, touched_by
from evaluation.queries.sources import sources_of
from evaluation.tables_of_evidence import EVIDENCE
from programmes.models import Project

GET_OR_POST = ["GET", "HEAD", "POST"]
# What pages say of a project: its long texts are left where they are.
OF_PROJECT = (
    "slug",
    "programme__name",
    "programme__slug",
    "programme__frame_id",
    "place__name",
)
_OF_ITEM = (
    "number",
    "title",
    "collected_on",
    "speaker_role",
    "speaker_place",
    "created_at",
    "created_by_name",
    "withdrawn_at",
    "withdrawn_by",
    "withdrawn_reason",
    "source__kind",
)
PROJECTS = Project.objects.select_related("programme", "place").only(*OF_PROJECT)
ITEMS = Evidence.objects.select_related("project__programme", "project__place", "source").only(
    *_OF_ITEM, *(f"project__{name}" for name in OF_PROJECT)
)


def fetch_project(
    request: SignedInRequest, pk: int, needs: str, rows: QuerySet[Project] = PROJECTS
) -> Project:
    return fetch(request.user, rows, view="evaluation.know_of", needs=needs, pk=pk)


def fetch_evidence(
    request: SignedInRequest, pk: int, needs: str, rows: QuerySet[Evidence] = ITEMS
) -> Evidence:
    return fetch(request.user, rows, view="evaluation.know_of", needs=needs, pk=pk)


@require_safe
def evidence_list(request: SignedInRequest, pk: int) -> HttpResponseBase:
    project = fetch_project(request, pk, "evaluation.view_evidence")
    context = {"project": project, "tallies": sources_of(project)}
    return listing_page(
        request,
        EVIDENCE,
        evidence_of(project),
        template="evaluation/evidence_list.html",
        context=context,
    )


@require_http_methods(GET_OR_POST)
def evidence_create(request: SignedInRequest, pk: int) -> HttpResponse:
    project = fetch_project(request, pk, "evaluation.change_evidence")
    form = EvidenceCreateForm(
        request.POST or None,
        request.FILES or None,
        tallies=sources_of(project),
        initial={"speaker_place": project.place.name},
    )
    if form.is_valid():
        response = _uploaded(request, project, form) or _added(request, project, form)
        if response is not None:
            return response
    context = {"project": project, "form": form}
    return render(request, "evaluation/evidence_create.html", context)


def _uploaded(
    request: SignedInRequest, project: Project, form: EvidenceCreateForm
) -> HttpResponse | None:
    file: UploadedFile[bytes] | None = form.cleaned_data["file"]
    if file is None:
        return None
    typed = {name: form.data.get(name, "") for name in form.fields if name not in ("text", "file")}
    row = through(
        form,
        lambda: upload(
            project=project,
            file_name=file.name or "",
            content=file.read(),
            details=typed,
            by=request.user,
        ),
    )
    return redirect(row) if row else None


def _added(
    request: SignedInRequest, project: Project, form: EvidenceCreateForm
) -> HttpResponse | None:
    if form.errors:
        return None
    item = through(
        form,
        lambda: add_evidence(
            project=project,
            **form.details(),
            text=form.cleaned_data["text"],
            already_listed=form.is_listed(),
            by=request.user,
        ),
    )
    if item is None:
        return None
    say_added(request, item)
    return redirect(item)


def say_added(request: SignedInRequest, item: Evidence) -> None:
    messages.success(request, f"{item.reference} was added. Select passages to code them")
    warn_of_names(request, item.speaker_role)


def warn_of_names(request: SignedInRequest, role: str) -> None:
    """A hint only: what reads like a name may be a role."""
    if reads_like_a_name(role):
        messages.warning(
            request,
            f"“{role}” reads like somebody's name. If it is one, change it to a role,"
            " such as project partner.",
        )


@require_safe
def evidence(request: SignedInRequest, pk: int) -> HttpResponse:
    item = fetch_evidence(request, pk, "evaluation.view_evidence")
    if item.is_withdrawn:
        context = {"evidence": item, "project": item.project, "touched": touched_by(item)}
        return render(request, "evaluation/evidence_withdrawn.html", context)
    lenses = lenses_to_code_with(item.project.programme, request.GET.get("lens", ""))
    latest = item.latest_version()
    context = {
        **coded(latest),
        "evidence": item,
        "project": item.project,
        "lenses": lenses,
    }
    return render(request, "evaluation/evidence.html", context)


def coded(version: TextVersion) -> dict[str, Any]:
    """The text with its marks, the excerpts in it, and how many lie in other versions."""
    cut = cut_from(version)
    return {
        "version": version,
        "excerpts": cut.here,
        "listed": excerpt_list(cut.here),
        "text": marked(version.text, cut.here),
        "left_behind": cut.elsewhere,
    }


def coded_html(request: SignedInRequest, version: TextVersion) -> dict[str, str]:
    """The same for a page that shows it already."""
    context = coded(version)
    return {
        "text": context["text"],
        "excerpts": render_to_string("evaluation/evidence.html#excerpts", context, request),
    }


@require_http_methods(GET_OR_POST)
@transaction.atomic
def evidence_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    item = fetch_evidence(request, pk, "evaluation.change_evidence")
    if request.method == "POST":
        lock(item.project)  # first, as every write here does: two locks in two orders would jam
        item = fetch_evidence(request, pk, "evaluation.change_evidence")
    form = EvidenceForm(request.POST or None, instance=item, tallies=sources_of(item.project))
    changed = form.through(change_details, by=request.user, evidence=item)
    if changed:
        messages.success(request, f"{item.reference} was saved")
        warn_of_names(request, changed.speaker_role)
        return redirect(item)
    context = {"project": item.project, "evidence": item, "form": form}
    return render(request, "evaluation/evidence_edit.html", context)


@require_http_methods(GET_OR_POST)
def evidence_withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    item = fetch_evidence(request, pk, "evaluation.change_evidence")
    form = WithdrawForm(request.POST or None)
    if form.is_valid():
        reason = form.cleaned_data["reason"]
        if through(form, partial(withdraw, evidence=item, reason=reason, by=request.user)):
            messages.success(request, f"{item.reference} was withdrawn")
            return redirect(item)
    context = {
        "project": item.project,
        "evidence": item,
        "form": form,
        "touched": touched_by(item),
    }
    return render(request, "evaluation/evidence_withdraw.html", context)
