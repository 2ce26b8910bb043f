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
from documents.paging import some_of
from documents.tables import listing_page
from evaluation.actions.evidence import add_evidence, change_details, lock, withdraw
from evaluation.actions.uploads import upload
from evaluation.forms.coding import PassageForm
from evaluation.forms.evidence import EvidenceCreateForm, EvidenceForm, WithdrawForm
from evaluation.forms.refusals import through
from evaluation.highlighting import marked
from evaluation.models import Evidence, TextVersion
from evaluation.names import reads_like_a_name
from evaluation.queries.carrying import left_behind
from evaluation.queries.coding import Lenses, excerpts_in, lenses_to_code_with
from evaluation.queries.evidence import evidence_of, touched_by
from evaluation.queries.sources import sources_of
from evaluation.tables_of_evidence import EVIDENCE
from programmes.models import Project

GET_OR_POST = ["GET", "HEAD", "POST"]
PROJECTS = Project.objects.select_related("programme", "place")
ITEMS = Evidence.objects.select_related("project__programme", "project__place", "source")
# Joins cost planning: pages that do not code leave the frame out.
ITEMS_TO_CODE = ITEMS.select_related("project__programme__frame__lens")


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
    item = fetch_evidence(request, pk, "evaluation.view_evidence", ITEMS_TO_CODE)
    if item.is_withdrawn:
        context = {"evidence": item, "project": item.project, "touched": touched_by(item)}
        return render(request, "evaluation/evidence_withdrawn.html", context)
    lenses = lenses_to_code_with(item.project.programme, request.GET.get("lens", ""))
    latest = item.latest_version()
    form = PassageForm(choices=lenses.shown, version=latest)
    return render(request, "evaluation/evidence.html", page_of(request, item, latest, lenses, form))


def page_of(
    request: SignedInRequest,
    item: Evidence,
    latest: TextVersion,
    lenses: Lenses,
    form: PassageForm,
) -> dict[str, Any]:
    """Everything that the page of an item shows."""
    versions = item.versions.defer("text").order_by("-number")
    return {
        **coded(latest),
        "evidence": item,
        "project": item.project,
        "versions": some_of(versions, request.GET, "versions"),
        "lenses": lenses,
        "form": form,
        "left_behind": left_behind(latest).count() if latest.number > 1 else 0,
    }


def coded(version: TextVersion) -> dict[str, Any]:
    """The text with its marks, and the excerpts in it."""
    excerpts = excerpts_in(version)
    return {"version": version, "excerpts": excerpts, "text": marked(version.text, excerpts)}


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
