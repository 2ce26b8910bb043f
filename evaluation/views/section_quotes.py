"""The quotes that may go into a section."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django.views.decorators.vary import vary_on_headers

from accounts.requests import SignedInRequest
from evaluation.actions.sections import Conflict, save_section
from evaluation.forms.quote import QuoteSearchForm
from evaluation.forms.section import PlaceForm
from evaluation.models import CaseStudy, Section
from evaluation.queries.coding import dimensions_of
from evaluation.queries.quotes import quotes_to_place
from evaluation.quote_marks import marks, with_mark
from evaluation.views.section import section_of_case_study

QUOTES_AT_ONCE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request", "HX-Target")
def section_quotes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Quotes to find and place: beside the section's text, or as a page without JavaScript."""
    study, row = section_of_case_study(request, pk)
    if request.method == "POST":
        return _place(request, row)
    context = {
        "section": row,
        "case_study": study,
        "project": study.project,
        **_found(request, study, row),
    }
    return render(request, f"evaluation/section_quotes.html{_part(request)}", context)


def _part(request: SignedInRequest) -> str:
    if request.headers.get("HX-Target") == "quotes":
        return "#quotes"
    return "#panel" if request.htmx else ""


def _found(request: SignedInRequest, study: CaseStudy, row: Section) -> dict[str, Any]:
    frame = {each.pk: each for each in dimensions_of(study.project.programme.frame_id)}
    search = QuoteSearchForm(
        request.GET or None,
        dimensions=[each for each in frame.values() if each.parent_id is None],
        initial={"dimension": row.dimension_id},
    )
    if search.is_bound:
        chosen = search.cleaned_data if search.is_valid() else {}
    else:
        chosen = {"dimension": frame.get(row.dimension_id or 0, row.dimension)}
    dimension = chosen.get("dimension")
    offers = quotes_to_place(
        study.project,
        at_once=QUOTES_AT_ONCE,
        dimension=dimension,
        siblings=frame.values() if dimension and dimension.pk in frame else None,
        words=chosen.get("words", ""),
    )
    return {
        "search": search,
        "offers": offers,
        "left_out": offers.count - len(offers.shown),
        "placed": {mark.reference for mark in marks(row.text)},
    }


def _place(request: SignedInRequest, row: Section) -> HttpResponse:
    """Without JavaScript a quote goes to the end of the text as it stands now."""
    form = PlaceForm(request.POST)
    reference = form.cleaned_data["place"] if form.is_valid() else ""
    if not reference:
        return redirect("evaluation:section_quotes", pk=row.pk)
    try:
        text = with_mark(row.text, reference)
        save_section(section=row, text=text, based_on=row.number, by=request.user)
    except Conflict as conflict:
        return redirect("evaluation:draft", pk=conflict.draft.pk)
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, f"{reference} is placed at the end of “{row}”.")
    return redirect(row)
