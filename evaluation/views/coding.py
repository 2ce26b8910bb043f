"""Coding a passage: at once from a selection in the page, or by a form into which it is pasted."""

import json
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from evaluation.actions.coding import Coded, code, uncode
from evaluation.forms.coding import PassageForm
from evaluation.forms.refusals import through
from evaluation.models import Coding, Evidence, TextVersion
from evaluation.queries.coding import lenses_to_code_with
from evaluation.views.evidence import GET_OR_POST, coded_html, fetch_evidence
from programmes.models import Dimension

CODINGS = Coding.objects.select_related(
    "excerpt__project__programme", "excerpt__version__evidence", "dimension"
)
OUT_OF_STEP = "The text here is not the one that is stored. Load the page again and select again."
NOT_UNDERSTOOD = "Nothing was saved. Load the page again and select again."


@dataclass(frozen=True)
class Selected:
    """What the page says was selected, and the dimension that was chosen."""

    version: int
    start: int
    end: int
    quote: str
    dimension: int

    @classmethod
    def from_json(cls, body: bytes) -> "Selected | None":
        """Nothing, if the page sent anything else."""
        try:
            given: Any = json.loads(body)
            numbers = [given[key] for key in ("version", "start", "end", "dimension")]
            quote = given["quote"]
        except (ValueError, TypeError, KeyError, RecursionError):
            return None
        if not isinstance(quote, str) or any(type(number) is not int for number in numbers):
            return None
        return cls(numbers[0], numbers[1], numbers[2], quote, numbers[3])


def wants_json(request: SignedInRequest) -> bool:
    return request.headers.get("Accept") == "application/json"


def refused(sentence: str, status: int = 409) -> JsonResponse:
    return JsonResponse({"refused": sentence}, status=status)


@require_POST
def passage_code(request: SignedInRequest, pk: int) -> JsonResponse:
    """Code what was selected in the page. Nothing is saved unless it is what the text says there."""
    item = fetch_evidence(request, pk, "evaluation.change_evidence")
    # Of a form in many parts there is no body left, once the token was looked for in it.
    is_json = request.content_type == "application/json"
    selected = Selected.from_json(request.body) if is_json else None
    if selected is None:
        return refused(NOT_UNDERSTOOD, 400)
    version = item.versions.filter(number=selected.version).first()
    dimension = Dimension.objects.select_related("version").filter(pk=selected.dimension).first()
    if version is None or dimension is None:
        return refused(NOT_UNDERSTOOD)
    if version.text[max(selected.start, 0) : selected.end] != selected.quote:
        return refused(OUT_OF_STEP)
    try:
        done = code(
            version=version,
            start=selected.start,
            end=selected.end,
            dimensions=[dimension],
            by=request.user,
        )
    except ValidationError as refusal:
        return refused(" ".join(refusal.messages))
    return JsonResponse({**_told(done, version, dimension), **coded_html(request, version)})


def _told(done: Coded, version: TextVersion, dimension: Dimension) -> dict[str, str]:
    excerpt = done.excerpt
    quote = version.text[excerpt.start : excerpt.end]
    if not done.codings:
        sentence, undo = f"You had coded {excerpt.reference} to {dimension} already.", ""
    else:
        sentence = f"{excerpt.reference} was coded to {dimension}."
        undo = reverse("evaluation:coding_remove", kwargs={"pk": done.codings[0].pk})
        if done.is_new:
            undo = reverse("evaluation:excerpt_remove", kwargs={"pk": excerpt.pk})
    return {"sentence": sentence, "quote": quote, "undo": undo}


@require_http_methods(GET_OR_POST)
@vary_on_headers("HX-Request")
def passage_paste(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same without a pointer and without JavaScript: the passage is pasted and found.

    A fragment for the item's own page.
    """
    item = fetch_evidence(request, pk, "evaluation.change_evidence")
    if item.is_withdrawn:
        return redirect(item)
    latest = item.latest_version()
    lenses = lenses_to_code_with(item.project.programme, request.GET.get("lens", ""))
    form = PassageForm(request.POST or None, choices=lenses.shown, version=latest)
    if form.is_valid():
        done = _coded(request, latest, form)
        if done is not None:
            names = " and ".join(str(each) for each in form.cleaned_data["dimensions"])
            messages.success(request, f"{done.excerpt.reference} was coded to {names}")
            return redirect(f"{item.get_absolute_url()}#at-{done.excerpt.start}")
    context = {
        "evidence": item,
        "project": item.project,
        "lenses": lenses,
        "form": form,
        "text": latest.text,
    }
    template = "evaluation/passage_paste.html"
    return render(request, f"{template}#form" if request.htmx else template, context)


def _coded(request: SignedInRequest, version: TextVersion, form: PassageForm) -> Coded | None:
    given = form.cleaned_data
    end = given["start"] + len(given["passage"])
    return through(
        form,
        partial(
            code,
            version=version,
            start=given["start"],
            end=end,
            dimensions=given["dimensions"],
            by=request.user,
        ),
    )


@require_POST
def coding_remove(request: SignedInRequest, pk: int) -> HttpResponse:
    coding = fetch(
        request.user,
        CODINGS,
        view="evaluation.know_of",
        needs="evaluation.change_evidence",
        pk=pk,
    )
    try:
        uncode(coding=coding, by=request.user)
    except ValidationError as refusal:
        return told_of_refusal(request, refusal, coding.excerpt.get_absolute_url())
    sentence = f"{coding.excerpt.reference} is no longer coded to {coding.dimension}."
    return told(
        request, sentence, coding.excerpt.version.evidence, coding.excerpt.get_absolute_url()
    )


def told(request: SignedInRequest, sentence: str, item: Evidence, address: str) -> HttpResponse:
    """What was done, for the page that asked by script or for one that is sent on."""
    if wants_json(request):
        return JsonResponse({"sentence": sentence, **coded_html(request, item.latest_version())})
    messages.success(request, sentence.removesuffix("."))
    return redirect(address)


def told_of_refusal(
    request: SignedInRequest, refusal: ValidationError, address: str
) -> HttpResponse:
    sentence = " ".join(refusal.messages)
    if wants_json(request):
        return refused(sentence)
    messages.warning(request, sentence)
    return redirect(address)
