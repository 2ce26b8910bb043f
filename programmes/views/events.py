from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from accounts.permissions import fetch, require
from accounts.requests import SignedInRequest
from documents.tables import listing_page
from programmes.models import Programme
from programmes.queries.events import events_for, events_of
from programmes.tables.events import trail


@require_safe
def audit(request: SignedInRequest, slug: str) -> HttpResponseBase:
    """What happened in one programme."""
    programme = fetch(
        request.user,
        Programme.objects.only("name", "slug"),
        view="programmes.view_programme",
        needs="programmes.view_audit",
        slug=slug,
    )
    rows = events_of(programme, request.user)
    context = {"programme": programme}
    return listing_page(
        request, trail(rows), rows, template="programmes/audit.html", context=context
    )


@require_safe
def audit_trail(request: SignedInRequest) -> HttpResponseBase:
    """What happened to the registers and lenses that programmes share; for operators, everything."""
    require(request.user, view="programmes.view_programmes", needs="programmes.view_shared_audit")
    rows = events_for(request.user)
    return listing_page(request, trail(rows), rows, template="programmes/audit_trail.html")
