from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from programmes.actions.call_phases import is_taking
from programmes.queries.applications import own_applications
from programmes.queries.call_versions import published_version
from programmes.queries.calls import announced_calls, open_calls

MANAGE = "programmes.manage_call"


@login_not_required
@require_safe
def calls(request: HttpRequest) -> HttpResponse:
    """The open calls of every programme, for everyone."""
    now = timezone.now()
    return render(request, "programmes/calls.html", {"calls": open_calls(), "now": now})


@login_not_required
@require_safe
def call(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """What a call is for, and what is asked; for everyone, once it is announced."""
    found = announced_calls().filter(cohort__programme__slug=slug, cohort__number=number)
    row = found.first()
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
        "supporters": version.supporters.all(),
        "is_taking": is_taking(row),
        "opens_later": row.opens_at is not None and row.opens_at > timezone.now(),
        "may_manage": request.user.is_authenticated and request.user.has_perm(MANAGE, row),
        "own": own_applications(request.user).filter(call=row).only("place_name"),
    }
    return render(request, "programmes/call.html", context)
