"""Reads of case studies that pages and reports share."""

from collections.abc import Iterable

from django.db.models import QuerySet

from evaluation.models import CaseStudy, Draft, Heading, Section

_HEADINGS = {heading: position for position, heading in enumerate(Heading.values)}


def in_order(sections: Iterable[Section]) -> list[Section]:
    """Sections as they are read: the narrative headings, then the findings by dimension."""
    return sorted(sections, key=_position)


def drafts_waiting(case_study: CaseStudy) -> QuerySet[Draft]:
    """Whose text for it could not be saved and is not settled yet, newest first; without the texts."""
    return (
        Draft.objects.filter(section__case_study=case_study)
        .select_related("person", "section__dimension")
        .only("kept_at", "person__name", "section__heading", "section__dimension__name")
        .order_by("-kept_at", "-pk")
    )


def _position(section: Section) -> tuple[int, int]:
    if section.dimension is None:
        return 0, _HEADINGS[section.heading]
    return 1, section.dimension.position
