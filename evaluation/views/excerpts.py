"""Excerpts: those of a project by dimension, one with its codings, and words found in the texts."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import prefetch_related_objects
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from documents.tables import listing_page
from documents.tables.search import cleaned
from evaluation.actions.coding import (
    Coded,
    code_excerpt,
    may_take_back,
    remove_excerpt,
    set_speaker_role,
)
from evaluation.forms.coding import DimensionsForm, SpeakerForm
from evaluation.forms.refusals import through
from evaluation.models import Excerpt
from evaluation.models.excerpt import QUOTED
from evaluation.queries.coding import (
    coded_by_lens,
    codings_of,
    excerpts_of,
    lenses_to_code_with,
    lenses_to_narrow_by,
)
from evaluation.queries.passages import passages_that_say
from evaluation.tables_of_evidence import excerpts_table
from evaluation.views.coding import told, told_of_refusal
from evaluation.views.evidence import GET_OR_POST, OF_PROJECT, fetch_project, warn_of_names

EXCERPTS = (
    Excerpt.objects.with_quotes()
    .select_related("project__programme", "project__place")
    .only(*QUOTED, *(f"project__{name}" for name in OF_PROJECT))
)


def _fetch(request: SignedInRequest, pk: int, needs: str) -> Excerpt:
    return fetch(request.user, EXCERPTS, view="evaluation.know_of", needs=needs, pk=pk)


@require_safe
def excerpts(request: SignedInRequest, pk: int) -> HttpResponseBase:
    project = fetch_project(request, pk, "evaluation.view_evidence")
    # Whoever has chosen no dimension yet does so from their list, with its numbers.
    chosen = request.GET.get("dimension", "")
    lenses = lenses_to_narrow_by(project.programme, chosen) if chosen else []
    return listing_page(
        request,
        excerpts_table(lenses),
        excerpts_of(project),
        template="evaluation/excerpts.html",
        context={"project": project},
    )


@require_safe
@vary_on_headers("HX-Request")
def excerpts_by_dimension(request: SignedInRequest, pk: int) -> HttpResponse:
    """How many are coded to what; a fragment for the list of them."""
    project = fetch_project(request, pk, "evaluation.view_evidence")
    context = {"project": project, "lenses": coded_by_lens(project)}
    template = "evaluation/excerpts_by_dimension.html"
    return render(request, f"{template}#dimensions" if request.htmx else template, context)


@require_safe
def passages(request: SignedInRequest, pk: int) -> HttpResponse:
    """Words found in the texts themselves, coded or not."""
    project = fetch_project(request, pk, "evaluation.view_evidence")
    words = cleaned(request.GET.get("words", ""))
    found = passages_that_say(project, words) if words else []
    context = {"project": project, "words": words, "found": found}
    return render(request, "evaluation/passages.html", context)


@require_safe
def excerpt(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _fetch(request, pk, "evaluation.view_evidence")
    return render(request, "evaluation/excerpt.html", _page(request, row))


def _page(
    request: SignedInRequest, row: Excerpt, speaker: SpeakerForm | None = None
) -> dict[str, Any]:
    codings: list[Any] = codings_of(row)
    others = [coding for coding in codings if coding.created_by_id != request.user.pk]
    prefetch_related_objects(others, "created_by")
    for coding in codings:
        coding.is_mine = may_take_back(coding, request.user)
    placements = row.placements.select_related("section__dimension").only(
        "section__heading", "section__case_study_id", "section__dimension__name"
    )
    return {
        "excerpt": row,
        "evidence": row.version.evidence,
        "project": row.project,
        "codings": codings,
        "placements": placements.order_by("pk"),
        "speaker_form": speaker or SpeakerForm(initial={"speaker_role": row.speaker_role}),
        "form": speaker,
    }


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
def excerpt_code(request: SignedInRequest, pk: int) -> HttpResponse:
    """Coding it to further dimensions; a fragment for the excerpt's own page."""
    row = _fetch(request, pk, "evaluation.change_evidence")
    is_sent = request.method == "POST"
    if not is_sent and (row.removed_at or row.version.evidence.is_withdrawn):
        return redirect(row)
    lenses = lenses_to_code_with(row.project.programme, request.GET.get("lens", ""))
    form = DimensionsForm(request.POST if is_sent else None, choices=lenses.shown)
    if is_sent and _coded(request, row, form):
        messages.success(request, f"{row.reference} was coded")
        return redirect(row)
    context = {"excerpt": row, "project": row.project, "lenses": lenses, "form": form}
    template = "evaluation/excerpt_code.html"
    return render(request, f"{template}#code" if request.htmx else template, context)


def _coded(request: SignedInRequest, row: Excerpt, form: DimensionsForm) -> Coded | None:
    if not form.is_valid():
        return None
    chosen = form.cleaned_data["dimensions"]
    return through(form, partial(code_excerpt, excerpt=row, dimensions=chosen, by=request.user))


@require_http_methods(GET_OR_POST)
def excerpt_speaker(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _fetch(request, pk, "evaluation.change_evidence")
    if request.method != "POST":
        return redirect(row)
    form = SpeakerForm(request.POST)
    if form.is_valid():
        role = form.cleaned_data["speaker_role"]
        change = partial(set_speaker_role, excerpt=row, speaker_role=role, by=request.user)
        if through(form, change):
            messages.success(request, f"{row.reference} was saved")
            warn_of_names(request, role)
            return redirect(row)
    return render(request, "evaluation/excerpt.html", _page(request, row, speaker=form))


@require_POST
def excerpt_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    row = _fetch(request, pk, "evaluation.change_evidence")
    try:
        remove_excerpt(excerpt=row, by=request.user)
    except ValidationError as refusal:
        return told_of_refusal(request, refusal, row.get_absolute_url())
    item = row.version.evidence
    return told(request, f"{row.reference} was removed.", item, item.get_absolute_url())
