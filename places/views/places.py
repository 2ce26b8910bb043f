from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.editing import edit_page, to_edit
from accounts.permissions import fetch, require
from accounts.requests import SignedInRequest
from documents.tables import listing_page
from places.actions.places import change_place, create_place
from places.forms.place import PlaceForm
from places.models import Place
from places.queries.partnerships import partners_of_place
from places.tables import PLACES


@require_safe
def places(request: SignedInRequest) -> HttpResponseBase:
    require(request.user, view="places.view_register")
    return listing_page(request, PLACES, Place.objects.all(), template="places/places.html")


@require_safe
def place(request: SignedInRequest, slug: str) -> HttpResponse:
    place = fetch(request.user, Place.objects.all(), view="places.view_register", slug=slug)
    context = {"place": place, "partnerships": partners_of_place(place)}
    return render(request, "places/place.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def place_create(request: SignedInRequest) -> HttpResponse:
    require(request.user, view="places.view_register", needs="places.change_register")
    form = PlaceForm(request.POST or None)
    if place := form.through(create_place, by=request.user):
        messages.success(request, f"{place.name} was added")
        return redirect("places:place", place.slug)
    return render(request, "places/place_create.html", {"form": form})


@edit_page
def place_edit(request: SignedInRequest, slug: str) -> HttpResponse:
    place = fetch(
        request.user,
        to_edit(request, Place.objects.all()),
        view="places.view_register",
        needs="places.change_register",
        slug=slug,
    )
    form = PlaceForm(request.POST or None, instance=place)
    if form.through(change_place, by=request.user, place=place):
        messages.success(request, f"{place.name} was saved")
        return redirect("places:place", place.slug)
    return render(request, "places/place_edit.html", {"form": form, "place": place})
