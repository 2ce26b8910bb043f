from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch
from accounts.requests import SignedInRequest
from places.actions.partnerships import add_organisation_to_place, change_partnership
from places.forms.partnership import PartnershipCreateForm, PartnershipForm
from places.models import Partnership, Place


@require_http_methods(["GET", "HEAD", "POST"])
def partnership_create(request: SignedInRequest, slug: str) -> HttpResponse:
    place = fetch(
        request.user,
        Place.objects.all(),
        view="places.view_register",
        needs="places.change_register",
        slug=slug,
    )
    form = PartnershipCreateForm(request.POST or None, place=place)
    if partnership := form.through(add_organisation_to_place, by=request.user, place=place):
        messages.success(request, f"{partnership.organisation} was added to {place.name}")
        return redirect("places:place", place.slug)
    return render(request, "places/partnership_create.html", {"form": form, "place": place})


@edit_page
def partnership_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    partnership = fetch(
        request.user,
        to_edit(request, Partnership.objects.select_related("place", "organisation")),
        view="places.view_register",
        needs="places.change_register",
        pk=pk,
    )
    form = PartnershipForm(request.POST or None, instance=partnership)
    if form.through(change_partnership, by=request.user, partnership=partnership):
        messages.success(request, f"{partnership.organisation} was saved")
        return redirect("places:place", partnership.place.slug)
    context = {"form": form, "partnership": partnership}
    return render(request, "places/partnership_edit.html", context)
