from typing import Any

from django.db import transaction

from accounts.actions.rows import Refusals, add, change, free_slug
from accounts.models import Person
from places.events import PlaceEvent
from places.models import Place

REFUSALS: Refusals = {
    "place_name_once": {
        "name": "Enter a different name: another place has this one. It may be the same place"
    }
}


@transaction.atomic
def create_place(*, by: Person | None, name: str, **values: Any) -> Place:
    place = Place(name=name, slug=free_slug(Place.objects.all(), name), **values)
    return add(place, by=by, kind=PlaceEvent.CREATED, refusals=REFUSALS)


def change_place(*, place: Place, by: Person | None, **values: Any) -> Place:
    """Its address stays as it is, so that links to it hold."""
    return change(place, values, by=by, kind=PlaceEvent.CHANGED, refusals=REFUSALS)
