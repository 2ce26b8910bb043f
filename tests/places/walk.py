from places.models import Partnership
from tests.walk import Row, World, answers

REGISTER = answers(200, no_role=404)
FORM = answers(403, no_role=404, any_staff=200)


def furnish(world: World) -> None:
    world.extra.partnership = Partnership.objects.create(
        place=world.place, organisation=world.organisation
    )


def place(world: World) -> dict[str, object]:
    return {"slug": world.place.slug}


def organisation(world: World) -> dict[str, object]:
    return {"slug": world.organisation.slug}


def partnership(world: World) -> dict[str, object]:
    return {"pk": world.extra.partnership.pk}


ROWS = [
    Row("places:places", get=REGISTER),
    Row("places:place", place, get=REGISTER),
    Row("places:place_create", get=FORM, post=FORM),
    Row("places:place_edit", place, get=FORM, post=FORM),
    Row("places:organisations", get=REGISTER),
    Row("places:organisation", organisation, get=REGISTER),
    Row("places:organisation_create", get=FORM, post=FORM),
    Row("places:organisation_edit", organisation, get=FORM, post=FORM),
    Row("places:partnership_create", place, get=FORM, post=FORM),
    Row("places:partnership_edit", partnership, get=FORM, post=FORM),
]
