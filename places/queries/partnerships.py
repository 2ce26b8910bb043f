from django.db.models import F, QuerySet
from django.db.models.functions import Lower

from places.models import Organisation, Partnership, Place


def partners_of_place(place: Place) -> QuerySet[Partnership]:
    """One query. Those who belong to it now first, then those who left, each by name."""
    rows = Partnership.objects.filter(place=place).select_related("organisation")
    return rows.order_by(F("left_on").desc(nulls_first=True), Lower("organisation__name"))


def partnerships_of_organisation(organisation: Organisation) -> QuerySet[Partnership]:
    """One query, in the same order."""
    rows = Partnership.objects.filter(organisation=organisation).select_related("place")
    return rows.order_by(F("left_on").desc(nulls_first=True), Lower("place__name"))
