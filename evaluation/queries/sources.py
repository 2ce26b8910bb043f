"""Sources as they stand: of a project, and summed over projects. Reports count from here alone."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from evaluation.models import Evidence, Source, SourceKind
from programmes.models import Project

ORDER = {kind: position for position, kind in enumerate(SourceKind.values)}


@dataclass(frozen=True)
class Amount:
    """How many sources of one kind there are."""

    kind: SourceKind
    quantity: int

    @property
    def name(self) -> str:
        return self.kind.label

    def __str__(self) -> str:
        return f"{self.quantity} {self.kind.label.lower()}"


@dataclass(frozen=True)
class Tally(Amount):
    """The same of one project, and how many of them have their text here."""

    held: int


def sources_of(project: Project) -> list[Tally]:
    """What one project has, in the order of the kinds."""
    return sources_of_each([project]).get(project.pk, [])


def sources_of_each(projects: Iterable[Project] | QuerySet[Project]) -> dict[int, list[Tally]]:
    """The same for many projects, by their ids, in one query. A project without sources is left out."""
    found: dict[int, list[Tally]] = defaultdict(list)
    for project, kind, quantity, held in _standing(projects):
        found[project].append(Tally(SourceKind(kind), quantity, held))
    return {pk: sorted(tallies, key=_order) for pk, tallies in found.items()}


def sums_of_sources(projects: Iterable[Project] | QuerySet[Project]) -> list[Amount]:
    """How many of each kind all these projects have together, in one query."""
    sources = Source.objects.filter(project__in=projects, quantity__gt=0).order_by()
    summed = sources.values_list("kind").annotate(Sum("quantity"))
    return sorted((Amount(SourceKind(kind), quantity) for kind, quantity in summed), key=_order)


def summed(tallies: Iterable[list[Tally]]) -> list[Amount]:
    """The same of what was read by project."""
    sums: Counter[SourceKind] = Counter()
    for tally in chain.from_iterable(tallies):
        sums[tally.kind] += tally.quantity
    return sorted((Amount(kind, quantity) for kind, quantity in sums.items()), key=_order)


_HELD = (
    Evidence.objects.filter(source=OuterRef("pk"), withdrawn_at=None)
    .order_by()
    .values("source")
    .annotate(held=Count("pk"))
    .values("held")
)
_STANDING = (
    Source.objects.filter(quantity__gt=0)
    .annotate(held=Coalesce(Subquery(_HELD), 0))
    .order_by()
    .values_list("project", "kind", "quantity", "held")
)


def _standing(
    projects: Iterable[Project] | QuerySet[Project],
) -> Iterable[tuple[int, str, int, int]]:
    """Project, kind, quantity, and how many of them have their text here."""
    return _STANDING.filter(project__in=projects)


def _order(amount: Amount) -> int:
    return ORDER[amount.kind]
