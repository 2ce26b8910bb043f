"""Reads of case studies that pages and reports share."""

from collections.abc import Iterable

from evaluation.models import CaseStudy, Heading, Section

# Long texts that no list of case studies says anything of.
NOT_SHOWN = (
    "project__focus",
    "project__note",
    "project__search",
    "project__place__note",
    "project__place__search",
)
_HEADINGS = {heading: position for position, heading in enumerate(Heading.values)}


def in_order(sections: Iterable[Section]) -> list[Section]:
    """Sections as they are read: the narrative headings, then the findings by dimension."""
    return sorted(sections, key=_position)


def sections_of(case_study: CaseStudy) -> list[Section]:
    return in_order(case_study.sections.select_related("dimension"))


def _position(section: Section) -> tuple[int, int]:
    if section.dimension is None:
        return 0, _HEADINGS[section.heading]
    return 1, section.dimension.position
