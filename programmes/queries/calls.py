"""Calls as pages read them."""

from typing import TypedDict

from django.db.models import QuerySet
from django.utils import timezone

from programmes.models import Call, CallVersion, Criterion, Phase, Question, Supporter


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


def announced_calls() -> QuerySet[Call]:
    """Those that everyone may read."""
    return calls().exclude(phase=Phase.PREPARATION)


def open_calls() -> QuerySet[Call]:
    """Those that take applications now, or will: what closes first comes first."""
    rows = calls().filter(phase=Phase.APPLICATIONS, closes_at__gt=timezone.now())
    return rows.order_by("closes_at", "pk")


class Content(TypedDict):
    """A version with all that it consists of, in order."""

    version: CallVersion
    questions: list[Question]
    criteria: list[Criterion]
    supporters: list[Supporter]


def content_of(version: CallVersion) -> Content:
    """A query for each kind of part."""
    return {
        "version": version,
        "questions": list(version.questions.order_by("position")),
        "criteria": list(version.criteria.select_related("dimension").order_by("position")),
        "supporters": list(version.supporters.order_by("position")),
    }
