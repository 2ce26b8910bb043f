"""Quotes that case studies place, and which of them may no longer be used."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q, Window

from evaluation.models import CaseStudy, Excerpt, QuotePlacement, Section
from evaluation.models.evidence import attribution
from evaluation.queries.coding import coded_to
from programmes.models import Dimension, Project

# What a sentence on a placed quote says.
_SAID = (
    "section__heading",
    "section__dimension__name",
    "section__case_study__title",
    "section__case_study__project__place__name",
    "excerpt__number",
    "excerpt__removed_at",
    "excerpt__version__evidence__number",
    "excerpt__version__evidence__withdrawn_at",
)
_NOT_USABLE = QuotePlacement.objects.filter(
    Q(excerpt__removed_at__isnull=False) | Q(excerpt__version__evidence__withdrawn_at__isnull=False)
).order_by()


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
    return touched_quotes_where(Q(section__case_study__in=[each.pk for each in case_studies]))


def touched_quotes_in(programmes: Iterable[int]) -> list[TouchedQuote]:
    """The same for all case studies of the programmes with these ids."""
    return touched_quotes_where(Q(excerpt__project__programme__in=programmes))


def touched_quotes_where(which: Q) -> list[TouchedQuote]:
    """The same for the placements that this describes."""
    found = _NOT_USABLE.filter(which).values_list("pk", flat=True)
    if not found:  # as nearly always; what the sentences say is joined only where there is one
        return []
    placements = (
        QuotePlacement.objects.filter(pk__in=list(found))
        .select_related(
            "section__dimension",
            "section__case_study__project__place",
            "excerpt__version__evidence",
        )
        .only(*_SAID)
        .order_by("section__case_study", "section", "position")
    )
    return [TouchedQuote(each.section, each.excerpt) for each in placements]


def all_quotes_stand() -> Q:
    """Of a case study: that none of its placed quotes may no longer be used."""
    return ~Q(Exists(_NOT_USABLE.filter(section__case_study=OuterRef("pk"))))


def excerpts_by_number(project_id: int, numbers: Iterable[int]) -> dict[int, Excerpt]:
    """The project's excerpts of these numbers, each with the evidence it was cut from."""
    wanted = set(numbers)
    if not wanted:
        return {}
    found = Excerpt.objects.filter(project=project_id, number__in=wanted).quotes_alone()
    return {each.number: each for each in found.order_by()}


@dataclass(frozen=True)
class Offer:
    """A quote that may be placed."""

    pk: int
    number: int
    words: str
    attribution: str

    @property
    def reference(self) -> str:
        return f"Q{self.number}"


@dataclass(frozen=True)
class Offers:
    """The first of the quotes that may be placed, and how many there are."""

    shown: list[Offer]
    count: int


_STANDING = Excerpt.objects.standing().with_words().annotate(count=Window(Count("pk")))


def quotes_to_place(
    project: Project,
    *,
    at_once: int,
    dimension: Dimension | None = None,
    siblings: Iterable[Dimension] | None = None,
    words: str = "",
) -> Offers:
    """The project's standing quotes by their numbers, in one query.

    Narrowed to those of a dimension or below it, with the dimensions of its lens if they are at hand,
    and to those that say `words`.
    """
    found = _STANDING.filter(project=project)
    if dimension is not None:
        found = coded_to(found, dimension, siblings)
    if words:
        found = found.saying(words)
    evidence = "version__evidence__"
    rows = list(
        found.order_by("number").values_list(
            *("count", "pk", "number", "cut", "speaker_role"),
            *(f"{evidence}speaker_role", f"{evidence}speaker_place"),
        )[:at_once]
    )
    shown = [
        Offer(pk, number, cut, attribution(own_role or role, place))
        for _, pk, number, cut, own_role, role, place in rows
    ]
    return Offers(shown, rows[0][0] if rows else 0)
