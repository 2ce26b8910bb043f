from typing import Any

from django.db import transaction

from accounts.actions.rows import Refusals, add, change, free_slug
from accounts.models import Person
from places.events import OrganisationEvent
from places.models import Organisation

REFUSALS: Refusals = {
    "organisation_name_once": {
        "name": "Enter a different name: another organisation has this one. It may be the same one"
    }
}


@transaction.atomic
def create_organisation(*, by: Person | None, name: str, **values: Any) -> Organisation:
    slug = free_slug(Organisation.objects.all(), name)
    organisation = Organisation(name=name, slug=slug, **values)
    return add(organisation, by=by, kind=OrganisationEvent.CREATED, refusals=REFUSALS)


def change_organisation(
    *, organisation: Organisation, by: Person | None, **values: Any
) -> Organisation:
    """Its address stays as it is, so that links to it hold."""
    return change(organisation, values, by=by, kind=OrganisationEvent.CHANGED, refusals=REFUSALS)
