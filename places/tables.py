"""The lists of this room: what stands in each column, on the page and in the files."""

from collections.abc import Iterable

from django.db.models.functions import Lower
from django.urls import reverse

from documents.tables import Column, Empty, Search, Table, choice
from places.models import Organisation, Place, Sector
from places.queries.organisations import places_of

INVENTED = "Invented for the demonstration"


def _regions() -> Iterable[tuple[str, str]]:
    named = Place.objects.exclude(region="").order_by(Lower("region"), "region").distinct()
    return [(region, region) for region in named.values_list("region", flat=True)]


PLACES = Table[Place](
    noun="place",
    nouns="places",
    columns=[
        Column(
            "name",
            "Place",
            lambda place: place.name,
            link=lambda place: reverse("places:place", args=[place.slug]),
            tag=lambda place: INVENTED if place.is_invented else "",
            sort=[Lower("name")],
        ),
        Column("region", "Region", lambda place: place.region, sort=[Lower("region")]),
        Column(
            "area_type", "Kind of area", lambda place: place.area_type, sort=[Lower("area_type")]
        ),
        Column("area_code", "ONS area code", lambda place: place.area_code, sort=["area_code"]),
        Column("note", "Note", lambda place: place.note, on_page=False),
        Column("is_invented", "Invented", lambda place: place.is_invented, on_page=False),
    ],
    sort="name",
    search=Search(hint="Words of its name, region, kind of area, ONS code or note"),
    filters=[choice("region", "Region", _regions)],
    empty=Empty(
        "No place is registered yet. Programme staff add places one by one, or import them."
    ),
)

ORGANISATIONS = Table[Organisation](
    noun="organisation",
    nouns="organisations",
    columns=[
        Column(
            "name",
            "Organisation",
            lambda organisation: organisation.name,
            link=lambda organisation: reverse("places:organisation", args=[organisation.slug]),
            tag=lambda organisation: INVENTED if organisation.is_invented else "",
            sort=[Lower("name")],
        ),
        Column(
            "sector",
            "Sector",
            lambda organisation: organisation.get_sector_display(),
            sort=["sector"],
        ),
        Column("places", "Places", places_of),
        Column("website", "Website", lambda organisation: organisation.website, on_page=False),
        Column("note", "Note", lambda organisation: organisation.note, on_page=False),
        Column(
            "is_invented", "Invented", lambda organisation: organisation.is_invented, on_page=False
        ),
    ],
    sort="name",
    search=Search(hint="Words of its name, sector or note"),
    filters=[choice("sector", "Sector", lambda: Sector.choices)],
    empty=Empty("No organisation is registered yet. Programme staff add or import them."),
)
