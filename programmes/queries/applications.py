"""Applications as pages read them."""

from django.db.models import QuerySet

from programmes.models import Application


def applications() -> QuerySet[Application]:
    """With what every page says of an application and its call."""
    return Application.objects.select_related("call__cohort__programme", "place").only(
        "number",
        "place_name",
        "place__name",
        "state",
        "call__title",
        "call__opens_at",
        "call__closes_at",
        "call__time_zone",
        "call__phase",
        "call__reading",
        "call__cohort__number",
        "call__cohort__programme__name",
        "call__cohort__programme__slug",
    )
