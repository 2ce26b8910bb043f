from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from django.views.decorators.vary import vary_on_headers

from accounts.permissions import require
from accounts.requests import SignedInRequest
from programmes.queries.gaps import programmes_with_gaps
from programmes.queries.panels import seats_now
from programmes.queries.people import expired_invitations_for


@require_safe
@vary_on_headers("HX-Request")
def home_panel(request: SignedInRequest) -> HttpResponse:
    """For the home page of staff: what is missing in their programmes."""
    require(request.user, view="programmes.view_programmes", needs="programmes.view_gaps")
    context = {"programmes": programmes_with_gaps(request.user)}
    template = "programmes/home_panel.html"
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_safe
@vary_on_headers("HX-Request")
def home_invitations(request: SignedInRequest) -> HttpResponse:
    """For the home page of staff: whom they invited and who has not come."""
    require(request.user, view="programmes.view_programmes", needs="programmes.view_gaps")
    template = "programmes/home_invitations.html"
    context = {"invitations": expired_invitations_for(request.user)}
    return render(request, f"{template}#panel" if request.htmx else template, context)


@require_safe
@vary_on_headers("HX-Request")
def home_panels(request: SignedInRequest) -> HttpResponse:
    """For the home page of panel members: what to do next on each panel that they sit on."""
    require(request.user, view="programmes.view_own_panels")
    template = "programmes/home_panels.html"
    context = {"seats": seats_now(request.user)}
    return render(request, f"{template}#panel" if request.htmx else template, context)
