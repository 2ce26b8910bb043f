from typing import Any

from accounts.actions.rows import Refusals, add, change
from accounts.models import Person
from places.events import PartnershipEvent
from places.models import Organisation, Partnership, Place

REFUSALS: Refusals = {
    "partnership_once": {
        "organisation": "Select another organisation: this one belongs to the place already."
        " If it left and came back, change the dates of its part"
    },
    "partnership_left_after_joined": {"left_on": "Enter a date that is not before it joined"},
}


def add_organisation_to_place(
    *, place: Place, organisation: Organisation, by: Person | None, **values: Any
) -> Partnership:
    partnership = Partnership(place=place, organisation=organisation, **values)
    return add(partnership, by=by, kind=PartnershipEvent.CREATED, refusals=REFUSALS)


def change_partnership(
    *, partnership: Partnership, by: Person | None, **values: Any
) -> Partnership:
    """Its part and its dates; it ends when `left_on` is set."""
    return change(partnership, values, by=by, kind=PartnershipEvent.CHANGED, refusals=REFUSALS)
