"""What a partner belongs to."""

from django.urls import reverse

from accounts.scopes import scope_kind
from places.models import Place

scope_kind(
    "places.place",
    "place",
    Place.objects.all,
    address=lambda place: reverse("places:place", args=[place.slug]),
)
