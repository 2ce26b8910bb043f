from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch, require
from accounts.requests import SignedInRequest
from documents.tables import listing_page
from places.actions.organisations import change_organisation, create_organisation
from places.forms.organisation import OrganisationForm
from places.models import Organisation
from places.queries.organisations import organisations_with_places
from places.queries.partnerships import partnerships_of_organisation
from places.tables import ORGANISATIONS


@require_safe
def organisations(request: SignedInRequest) -> HttpResponseBase:
    require(request.user, view="places.view_register")
    rows = organisations_with_places()
    return listing_page(request, ORGANISATIONS, rows, template="places/organisations.html")


@require_safe
def organisation(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = fetch(
        request.user, Organisation.objects.all(), view="places.view_register", slug=slug
    )
    context = {
        "organisation": organisation,
        "partnerships": partnerships_of_organisation(organisation),
    }
    return render(request, "places/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def organisation_create(request: SignedInRequest) -> HttpResponse:
    require(request.user, view="places.view_register", needs="places.change_register")
    form = OrganisationForm(request.POST or None)
    if organisation := form.through(create_organisation, by=request.user):
        messages.success(request, f"{organisation.name} was added")
        return redirect("places:organisation", organisation.slug)
    return render(request, "places/organisation_create.html", {"form": form})


@edit_page
def organisation_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    organisation = fetch(
        request.user,
        to_edit(request, Organisation.objects.all()),
        view="places.view_register",
        needs="places.change_register",
        slug=slug,
    )
    form = OrganisationForm(request.POST or None, instance=organisation)
    if form.through(change_organisation, by=request.user, organisation=organisation):
        messages.success(request, f"{organisation.name} was saved")
        return redirect("places:organisation", organisation.slug)
    context = {"form": form, "organisation": organisation}
    return render(request, "places/organisation_edit.html", context)
