"""Who cites a clause, and what a thing of a room above cites."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.requests import SignedInRequest
from programmes.actions.mou.citations import cite, take_back_citation
from programmes.citing import Citing
from programmes.forms.mou.citation import CitationForm
from programmes.models import MOU, Citation
from programmes.queries.mou.citations import citable, cited_in, seen_in, who_cites
from programmes.views.mou.memorandum import about, mou_of_project


@require_safe
@vary_on_headers("HX-Request")
def clause_citations(
    request: SignedInRequest, slug: str, project_slug: str, key: str
) -> HttpResponse:
    """Who cites it, as far as the reader may see them; a fragment for the clause's own page."""
    mou = mou_of_project(request, slug, project_slug)
    clause = get_object_or_404(mou.clauses, key=key)
    context = about(mou, clause=clause, cited_by=who_cites(clause, mou.project, request.user))
    template = "programmes/mou/clause_citations.html"
    return render(request, f"{template}#citations" if request.htmx else template, context)


@require_POST
def citation_remove(
    request: SignedInRequest, slug: str, project_slug: str, pk: int
) -> HttpResponse:
    mou = mou_of_project(request, slug, project_slug)
    rows = Citation.objects.filter(clause__mou=mou).select_related("wording")
    citation = get_object_or_404(rows, pk=pk)
    seen = seen_in(citation, mou.project, request.user)
    if seen is None:  # that it exists is nothing to tell either
        raise Http404
    take_back_citation(citation=citation, by=request.user)
    messages.success(request, f"“{citation.wording.heading}” is no longer cited.")
    return redirect(seen.address)


def clauses_cited(
    request: SignedInRequest, thing: Citing, template: str, **context: object
) -> HttpResponse:
    """What a thing cites, with the form to cite one more: for a room above, at its own address.

    Whether the person may let the thing cite, the room has asked already, and the action asks again.
    """
    project = thing.project
    mou = MOU.objects.filter(project=project).only("title", "project").first()
    if mou:
        mou.project = project
    if mou is None or not request.user.has_perm("programmes.view_mou", mou):
        mou, form, cited = None, None, []
    else:
        cited = cited_in(thing)
        form = CitationForm(
            request.POST if request.method == "POST" else None,
            mou=mou,
            versions=citable(mou),
            cited={each.clause_id for each in cited},
        )
        if form.through(cite, thing=thing, by=request.user):
            messages.success(request, "The clause is cited.")
            return redirect(thing)
    context |= {"thing": thing, "mou": mou, "cited": cited, "form": form}
    return render(request, f"{template}#cites" if request.htmx else template, context)
