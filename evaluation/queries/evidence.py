"""Evidence of a project with what was made of it, and the thread from an item to what quotes it."""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from evaluation.models import (
    Coding,
    Evidence,
    Excerpt,
    QuotePlacement,
    TextVersion,
)
from programmes.models import Project


def evidence_of(project: Project) -> QuerySet[Evidence]:
    """Its items, each with `latest` (version number), `length`, `excerpt_count` and `coding_count`."""
    versions = TextVersion.objects.filter(evidence=OuterRef("pk")).order_by("-number")
    return (
        Evidence.objects.filter(project=project)
        .select_related("source")
        .annotate(
            latest=Subquery(versions.values("number")[:1]),
            length=Subquery(versions.values("length")[:1]),
            excerpt_count=_count(
                Excerpt.objects.filter(version__evidence=OuterRef("pk"), removed_at=None),
                of="version__evidence",
            ),
            coding_count=_count(
                Coding.objects.filter(
                    excerpt__version__evidence=OuterRef("pk"),
                    excerpt__removed_at=None,
                    removed_at=None,
                ),
                of="excerpt__version__evidence",
            ),
        )
        .order_by("number")
    )


def _count(rows: QuerySet[Excerpt] | QuerySet[Coding], *, of: str) -> Coalesce:
    counted = rows.order_by().values(of).annotate(count=Count("pk")).values("count")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


@dataclass(frozen=True)
class EvidenceCounts:
    """How much evidence there is, without a word of it."""

    items: int
    excerpts: int
    codings: int


def evidence_counts(project: Project) -> EvidenceCounts:
    """What stands in one project."""
    excerpts = Excerpt.objects.standing().filter(project=project)
    return EvidenceCounts(
        Evidence.objects.filter(project=project, withdrawn_at=None).count(),
        excerpts.count(),
        Coding.objects.filter(removed_at=None, excerpt__in=excerpts).count(),
    )


@dataclass(frozen=True)
class Touched:
    """What rests on an item of evidence."""

    excerpts: list[Excerpt]
    placements: list[QuotePlacement]


def touched_by(evidence: Evidence) -> Touched:
    """Its excerpts, and the places in case studies that quote them."""
    excerpts = Excerpt.objects.filter(version__evidence=evidence, removed_at=None).with_quotes()
    placements = (
        QuotePlacement.objects.filter(excerpt__version__evidence=evidence)
        .select_related("excerpt", "section__case_study__project__place", "section__dimension")
        .order_by("section__case_study", "section", "position")
    )
    return Touched(list(excerpts), list(placements))


def texts_that_hold(project: Project, words: str) -> QuerySet[TextVersion]:
    """The latest texts of a project's standing evidence in which these words stand, in any case."""
    latest = (
        TextVersion.objects.filter(evidence=OuterRef("evidence"))
        .order_by("-number")
        .values("number")[:1]
    )
    return (
        TextVersion.objects.filter(
            Q(text__icontains=words),
            evidence__project=project,
            evidence__withdrawn_at=None,
        )
        .annotate(latest=Subquery(latest))
        .filter(number=F("latest"))
        .select_related("evidence__source")
        .order_by("evidence__number")
    )
