"""Calls as pages read them."""

from django.db.models import QuerySet

from programmes.models import Call


def calls() -> QuerySet[Call]:
    """With what every page says of a call."""
    return Call.objects.select_related("cohort__programme").only(
        "title",
        "opens_at",
        "closes_at",
        "time_zone",
        "places_offered",
        "phase",
        "reading",
        "cohort__number",
        "cohort__programme__name",
        "cohort__programme__slug",
    )
