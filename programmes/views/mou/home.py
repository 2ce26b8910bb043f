"""What the home page shows of MOUs: to staff who holds them up, to partners what is theirs to do."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import require
from accounts.requests import SignedInRequest
from programmes.queries.mou.held_up import held_up

ON_HOME_PAGE, ON_OWN_PAGE = 10, 100


@require_safe
@vary_on_headers("HX-Request")
def home_held_up(request: SignedInRequest) -> HttpResponse:
    """For staff: who holds which MOU up, and since when; a few on the home page, and here all."""
    require(request.user, view="programmes.view_programmes", needs="programmes.view_held_up")
    limit = ON_HOME_PAGE if request.htmx else ON_OWN_PAGE
    rows, has_more = held_up(request.user, limit)
    context = {"rows": rows, "has_more": has_more, "limit": limit, "on_home_page": request.htmx}
    template = "programmes/mou/home_held_up.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)
