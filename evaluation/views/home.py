from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import require
from accounts.requests import SignedInRequest
from evaluation.queries.waiting import unsettled_of, waiting_for


@require_safe
@vary_on_headers("HX-Request")
def home_drafts(request: SignedInRequest) -> HttpResponse:
    """The home page's panel: which drafts and files this evaluator has left open."""
    require(request.user, view="evaluation.have_case_studies")
    template = "evaluation/home_drafts.html"
    context = {"unsettled": unsettled_of(request.user)}
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_safe
@vary_on_headers("HX-Request")
def home_case_studies(request: SignedInRequest) -> HttpResponse:
    """The home page's panel: which case studies need an evaluator now."""
    require(request.user, view="evaluation.have_case_studies")
    template = "evaluation/home_case_studies.html"
    context = {"waiting": waiting_for(request.user)}
    return render(request, f"{template}#panel" if request.htmx else template, context)
