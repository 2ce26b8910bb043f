from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Lower

from places.models import Organisation, Partnership

CURRENT = "current_partnerships"


def organisations_with_places() -> QuerySet[Organisation]:
    """Two queries, however many organisations."""
    current = Partnership.objects.filter(left_on__isnull=True).select_related("place")
    return Organisation.objects.prefetch_related(
        Prefetch("partnerships", current.order_by(Lower("place__name")), to_attr=CURRENT)
    )


def places_of(organisation: Organisation) -> str:
    """The names of the places that an organisation read by the query above belongs to now."""
    partnerships: list[Partnership] = getattr(organisation, CURRENT)
    return ", ".join(partnership.place.name for partnership in partnerships)
