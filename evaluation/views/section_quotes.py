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
from evaluation.queries.coding import branches
from evaluation.queries.quotes import quotes_to_place
from evaluation.quote_marks import marks, with_mark
from evaluation.views.case_study import with_place
from evaluation.views.section import section_of_case_study

QUOTES_AT_ONCE = 10


@require_http_methods(["GET", "HEAD", "POST"])
@vary_on_headers("HX-Request", "HX-Target")
def section_quotes(request: SignedInRequest, pk: int) -> HttpResponse:
    """Quotes to find and place: beside the section's text, or as a page without JavaScript."""
    rows = with_place().select_related("project__programme__frame")
    study, row = section_of_case_study(request, pk, rows=rows)
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
    frame = study.project.programme.frame
    dimensions = [branch.dimension for branch in branches(frame)]
    search = QuoteSearchForm(
        request.GET or None, dimensions=dimensions, initial={"dimension": row.dimension_id}
    )
    if search.is_bound:
        chosen = search.cleaned_data if search.is_valid() else {}
    else:
        # Of the frame as far as it is there: that has its sub-dimensions at hand.
        own = (each for each in dimensions if each.pk == row.dimension_id)
        chosen = {"dimension": next(own, row.dimension)}
    offered = quotes_to_place(
        study.project,
        at_once=QUOTES_AT_ONCE,
        dimension=chosen.get("dimension"),
        words=chosen.get("words", ""),
    )
    return {
        "search": search,
        "quotes": offered.excerpts,
        "quotes_found": offered.count,
        "quotes_left_out": offered.count - len(offered.excerpts),
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
    return redirect("evaluation:section", pk=row.pk)
