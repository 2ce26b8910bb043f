"""Applications as pages read them."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet

from accounts.models import Person
from accounts.roles import Role
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


def applications_to_write() -> QuerySet[Application]:
    """With what the pages say on which it is written, and no more: they are opened all the time."""
    return Application.objects.select_related("call").only(
        "number",
        "place_name",
        "state",
        "call__title",
        "call__opens_at",
        "call__closes_at",
        "call__time_zone",
        "call__phase",
        "call__cohort_id",
    )


def applications_of(person: Person | AnonymousUser) -> QuerySet[Application]:
    """Those that somebody writes, the latest first."""
    if person.is_anonymous:
        return Application.objects.none()
    held = person.scope_ids("programmes.application", Role.APPLICANT)
    if not held:
        return Application.objects.none()  # without asking
    return applications().filter(pk__in=held).order_by("-started_at", "-pk")
