"""Evidence of a project with what was made of it, and the thread from an item to what quotes it."""

from dataclasses import dataclass

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, F, Func, OuterRef, Q, QuerySet, Subquery

from evaluation.models import (
    Evidence,
    Excerpt,
    QuotePlacement,
    TextVersion,
)
from programmes.models import Project

# Excerpts and codings in one subquery, for those items alone that a page shows. In Django's own
# expressions it takes longer to put together than to answer.
_MADE = Func(
    F("pk"),
    template="""(
        SELECT ARRAY[COUNT(DISTINCT excerpt.id), COUNT(coding.id)]
        FROM evaluation_textversion version
        JOIN evaluation_excerpt excerpt
            ON excerpt.version_id = version.id AND excerpt.removed_at IS NULL
        LEFT JOIN evaluation_coding coding
            ON coding.excerpt_id = excerpt.id AND coding.removed_at IS NULL
        WHERE version.evidence_id = %(expressions)s)""",
    output_field=ArrayField(models.IntegerField()),
)
_ITEMS = (
    Evidence.objects.select_related("source")
    .only(
        "number",
        "title",
        "collected_on",
        "speaker_role",
        "speaker_place",
        "withdrawn_at",
        "source__kind",
    )
    .annotate(made=_MADE)
    .order_by("number")
)


def evidence_of(project: Project) -> QuerySet[Evidence]:
    """Its items, each with what was `made` of it: how many excerpts, how many codings."""
    return _ITEMS.filter(project=project)


@dataclass(frozen=True)
class EvidenceCounts:
    """How much evidence there is, without a word of it."""

    items: int
    excerpts: int
    codings: int


def evidence_counts(project: Project) -> EvidenceCounts:
    """What stands in one project."""
    standing = Excerpt.objects.standing().filter(project=project)
    made = standing.aggregate(
        excerpts=Count("pk", distinct=True),
        codings=Count("codings", filter=Q(codings__removed_at=None)),
    )
    items = Evidence.objects.filter(project=project, withdrawn_at=None).count()
    return EvidenceCounts(items, made["excerpts"], made["codings"])


@dataclass(frozen=True)
class Touched:
    """What rests on an item of evidence."""

    excerpts: list[Excerpt]
    placements: list[QuotePlacement]


def touched_by(evidence: Evidence) -> Touched:
    """Its excerpts, and the places in case studies that quote them."""
    cut = Excerpt.objects.filter(version__evidence=evidence).order_by("number")
    excerpts = {each.pk: each for each in cut.only("number", "removed_at")}
    placements = list(
        QuotePlacement.objects.filter(excerpt__in=excerpts)
        .select_related("section__case_study", "section__dimension")
        .only(
            "excerpt",
            "section__heading",
            "section__dimension__name",
            "section__case_study__title",
        )
        .order_by("section__case_study_id", "section_id", "position")
    )
    for placement in placements:  # a case study quotes excerpts of its own project alone
        placement.excerpt = excerpts[placement.excerpt_id]
        placement.section.case_study.project = evidence.project
    return Touched([each for each in excerpts.values() if not each.removed_at], placements)


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
