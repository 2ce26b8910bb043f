from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from programmes.actions.call_phases import is_taking
from programmes.actions.call_versions import published_version
from programmes.models import Phase
from programmes.queries.calls import calls


@login_not_required
@require_safe
def call(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a call is for, and what is asked; for everyone, once it is announced."""
    found = calls().filter(cohort__programme__slug=slug, cohort__number=number)
    row = found.exclude(phase=Phase.PREPARATION).first()
    if row is None:
        raise Http404
    version = published_version(row)
    assert version  # announcing a call publishes one
    context = {
        "call": row,
        "programme": row.cohort.programme,
        "version": version,
        "criteria": version.criteria.select_related("dimension"),
        "questions": version.questions.all(),
        "is_taking": is_taking(row),
    }
    return render(request, "programmes/call.html", context)
