"""Quotes that case studies place, and which of them may no longer be used."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q

from evaluation.models import CaseStudy, Excerpt, QuotePlacement, Section

_PLACED_NOT_USABLE = Q(excerpt__removed_at__isnull=False) | Q(
    excerpt__version__evidence__withdrawn_at__isnull=False
)


@dataclass(frozen=True)
class TouchedQuote:
    """A placed quote that may no longer be used, and the section it stands in."""

    section: Section
    excerpt: Excerpt

    def __str__(self) -> str:
        return f"{self.excerpt.reference} in “{self.section}”: {why_not_usable(self.excerpt)}"


def why_not_usable(excerpt: Excerpt) -> str:
    """Why an excerpt may not be quoted, as the end of a sentence; empty where it may."""
    evidence = excerpt.version.evidence
    if evidence.withdrawn_at is not None:
        return f"its evidence ({evidence.reference}) was withdrawn"
    return "the excerpt was removed" if excerpt.removed_at is not None else ""


def touched_quotes(case_studies: Iterable[CaseStudy]) -> list[TouchedQuote]:
    """Placed quotes of these case studies whose evidence was withdrawn or excerpt removed."""
    placements = (
        QuotePlacement.objects.filter(
            _PLACED_NOT_USABLE, section__case_study__in=[each.pk for each in case_studies]
        )
        .select_related(
            "section__dimension",
            "section__case_study__project__place",
            "excerpt__version__evidence",
        )
        .defer("excerpt__version__text")
        .order_by("section__case_study", "section", "position")
    )
    return [TouchedQuote(each.section, each.excerpt) for each in placements]


def excerpts_by_number(project_id: int, numbers: Iterable[int]) -> dict[int, Excerpt]:
    """The project's excerpts of these numbers, each with the evidence it was cut from."""
    found = Excerpt.objects.filter(project=project_id, number__in=set(numbers))
    return {each.number: each for each in found.with_quotes()}
