from dataclasses import dataclass, field

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Lower

from programmes.models import Dimension, Lens, LensVersion


@dataclass
class Branch:
    """A dimension and the dimensions that are parts of it."""

    dimension: Dimension
    parts: list["Branch"] = field(default_factory=list)

    def part_rows(self) -> list[Dimension]:
        return [part.dimension for part in self.parts]


def tree(version: LensVersion) -> list[Branch]:
    """The dimensions of a version in order, each with its parts. One query."""
    branches: dict[int, Branch] = {}
    top: list[Branch] = []
    for dimension in version.dimensions.all():
        branch = branches[dimension.pk] = Branch(dimension)
        (branches[dimension.parent_id].parts if dimension.parent_id else top).append(branch)
    return top


def lenses_with_last_version() -> QuerySet[Lens]:
    """Each lens with the purpose and number of its last version, and how many dimensions that has."""
    versions = LensVersion.objects.filter(lens=OuterRef("pk")).order_by(
        F("published_at").desc(nulls_last=True), "-number"
    )
    counted = versions.annotate(count=Count("dimensions"))
    return Lens.objects.annotate(
        last_number=Subquery(versions.values("number")[:1]),
        purpose=Subquery(versions.values("purpose")[:1]),
        dimension_count=Subquery(counted.values("count")[:1]),
        has_draft=Exists(versions.filter(published_at=None)),
    )


def published_lenses() -> QuerySet[Lens]:
    """Those that have a published version, by name, each with what its last one is for."""
    published = LensVersion.objects.filter(lens=OuterRef("pk"), published_at__isnull=False)
    return (
        Lens.objects.filter(Exists(published))
        .annotate(purpose=Subquery(published.order_by("-number").values("purpose")[:1]))
        .order_by(Lower("name"))
    )
