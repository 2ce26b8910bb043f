from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, QuerySet
from django.db.models.functions import Lower

from places.models import Organisation, Partnership

CURRENT = "current_places"


def organisations_with_places() -> QuerySet[Organisation]:
    """One query, however many organisations."""
    current = Partnership.objects.filter(organisation=OuterRef("pk"), left_on__isnull=True)
    names = current.order_by(Lower("place__name")).values("place__name")
    return Organisation.objects.annotate(**{CURRENT: ArraySubquery(names)})


def places_of(organisation: Organisation) -> str:
    """The names of the places that an organisation read by the query above belongs to now."""
    names: list[str] = getattr(organisation, CURRENT)
    return ", ".join(names)
