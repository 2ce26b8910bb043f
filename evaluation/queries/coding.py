"""What was coded to what: excerpts of a project, counts by dimension, and the dimensions to choose from."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func, OuterRef, Prefetch, Q, QuerySet, prefetch_related_objects
from django.db.models.functions import JSONObject

from evaluation.models import Coding, Excerpt, TextVersion
from evaluation.models.excerpt import Excerpts
from programmes.models import Dimension, LensVersion, Programme, Project

# By position alone: the model's own order would join the lens.
_DIMENSIONS = Prefetch("dimensions", Dimension.objects.order_by("position"))


@dataclass
class Branch:
    """A dimension with its sub-dimensions, and the excerpts coded to any of them, each counted once."""

    dimension: Dimension
    children: list["Branch"] = field(default_factory=list)
    coded: set[int] = field(default_factory=set)  # ids of excerpts

    @property
    def count(self) -> int:
        return len(self.coded)


def branches(version: LensVersion) -> list[Branch]:
    """The dimensions of one version as a tree, in their order; one query if they are not at hand."""
    prefetch_related_objects([version], _DIMENSIONS)
    return _tree(version.dimensions.all())


def _tree(dimensions: Iterable[Dimension]) -> list[Branch]:
    by_id = {dimension.pk: Branch(dimension) for dimension in dimensions}
    top: list[Branch] = []
    for branch in by_id.values():
        parent = branch.dimension.parent_id
        (by_id[parent].children if parent else top).append(branch)
    return top


def dimensions_of(version: int) -> list[Dimension]:
    """Those of the version with this id, in their order."""
    return list(Dimension.objects.filter(version=version).order_by("position"))


@dataclass(frozen=True)
class Choice:
    """A lens to code with."""

    version: LensVersion
    branches: list[Branch]


@dataclass(frozen=True)
class Lenses:
    """What there is to code with on one page: the frame, and another lens if one was chosen."""

    shown: list[Choice]
    others: list[LensVersion]  # the latest published version of every lens but the frame's

    @property
    def frame(self) -> Choice:
        return self.shown[0]

    @property
    def chosen(self) -> Choice | None:
        return self.shown[1] if len(self.shown) > 1 else None

    @property
    def query(self) -> str:
        """How an address says which other lens was chosen."""
        return f"?lens={self.chosen.version.lens.slug}" if self.chosen else ""


def lenses_to_code_with(programme: Programme, slug: str = "") -> Lenses:
    """The frame first, then the lens that `slug` names, if there is such a one: two queries."""
    frame, *others = _versions(programme)
    chosen = [each for each in others if each.lens.slug == slug]
    return Lenses(_choices([frame, *chosen]), others)


def _versions(programme: Programme) -> list[LensVersion]:
    """The programme's own frame, then the latest published version of every other lens by name."""
    found = {each.pk: each for each in _offered(programme)}
    frame = found[programme.frame_id]
    latest = {each.lens_id: each for each in found.values() if each.lens_id != frame.lens_id}
    return [frame, *sorted(latest.values(), key=lambda each: each.lens.name.lower())]


_VERSIONS = (
    LensVersion.objects.select_related("lens")
    .only("published_at", "lens__name", "lens__slug")
    .order_by("number")
)


def _offered(programme: Programme) -> QuerySet[LensVersion]:
    """The frame, and whatever is published."""
    return _VERSIONS.filter(Q(pk=programme.frame_id) | Q(published_at__isnull=False))


def _choices(versions: list[LensVersion]) -> list[Choice]:
    prefetch_related_objects(versions, _DIMENSIONS)
    return [Choice(version, branches(version)) for version in versions]


Coded = dict[int, dict[str, set[int]]]  # ids of excerpts, by the id of a lens and a dimension's key


def coded_excerpts(projects: Iterable[Project] | QuerySet[Project]) -> Coded:
    """Which standing excerpts are coded to what, whatever version of a lens coded them, in one query."""
    coded: Coded = defaultdict(lambda: defaultdict(set))
    rows = Coding.objects.filter(
        excerpt__project__in=projects,
        excerpt__removed_at=None,
        excerpt__version__evidence__withdrawn_at=None,
        removed_at=None,
    ).values_list("dimension__version__lens", "dimension__key", "excerpt")
    for lens, key, excerpt in rows.order_by():
        coded[lens][key].add(excerpt)
    return coded


def coded_by_lens(project: Project) -> list[Choice]:
    """The frame, and every other lens that something is coded to, each with what is coded to it."""
    coded = coded_excerpts([project])
    frame, *others = _versions(project.programme)
    used = _choices([frame, *(each for each in others if each.lens_id in coded)])
    for each in used:
        _fill_all(each.branches, coded[each.version.lens_id])
    return used


def lenses_to_narrow_by(programme: Programme, dimension: str) -> list[Choice]:
    """The frame, and the lens of the dimension of this id, if it is of another."""
    found = _offered(programme)
    if not (dimension.isascii() and dimension.isdecimal()):
        return _choices([found.get(pk=programme.frame_id)])
    of_it = Dimension.objects.filter(pk=dimension).values("version")
    versions = found.filter(Q(pk=programme.frame_id) | Q(pk__in=of_it))
    return _choices(sorted(versions, key=lambda each: each.pk != programme.frame_id))


_WITH_LENS = Dimension.objects.select_related("version").only(
    "parent", "key", "name", "meaning", "version__lens"
)


def evidence_by_dimension(
    projects: Iterable[Project] | QuerySet[Project], frame: int
) -> list[Branch]:
    """The tree of the frame with this id, each dimension with what any version of the lens coded to it.

    A dimension has those of its sub-dimensions too; an excerpt counts once however many coded it.
    """
    dimensions = list(_WITH_LENS.filter(version=frame).order_by("position"))
    tree = _tree(dimensions)
    if tree:
        _fill_all(tree, coded_excerpts(projects)[dimensions[0].version.lens_id])
    return tree


def _fill_all(branches: Iterable[Branch], coded: dict[str, set[int]]) -> None:
    for branch in branches:
        _fill(branch, coded)


def _fill(branch: Branch, coded: dict[str, set[int]]) -> set[int]:
    branch.coded = set(coded.get(branch.dimension.key, ()))
    for child in branch.children:
        branch.coded |= _fill(child, coded)
    return branch.coded


_CODINGS = Coding.objects.filter(removed_at=None).order_by("dimension__position", "created_at")
_CODED = _CODINGS.filter(excerpt=OuterRef("pk")).values(
    coding=JSONObject(dimension="dimension__name", coder="created_by_name")
)
# A list needs so little of four tables that it reads columns, and no rows of three of them.
_LISTED = (
    Excerpt.objects.standing()
    .with_words()
    .only("number", "start", "end", "speaker_role")
    .annotate(
        item=F("version__evidence__number"),
        kind=F("version__evidence__source__kind"),
        role=F("version__evidence__speaker_role"),
        place=F("version__evidence__speaker_place"),
        coded=ArraySubquery(_CODED),
    )
    .order_by("number")
)


def excerpts_of(project: Project) -> Excerpts:
    """Standing excerpts with their quotes, in the order of their numbers.

    Of each, `item` is the number of its evidence, `kind`, `role` and `place` are what its evidence
    says, and `coded` are its codings, each with `dimension` and `coder` by name.
    """
    return _LISTED.filter(project=project)


# In SQL: in Django's own expressions it takes longer to put together than to answer.
_NAMES = Func(
    F("pk"),
    template="""ARRAY(
        SELECT dimension.name
        FROM evaluation_coding coding
        JOIN programmes_dimension dimension ON dimension.id = coding.dimension_id
        WHERE coding.excerpt_id = %(expressions)s AND coding.removed_at IS NULL
        ORDER BY dimension.position, coding.created_at)""",
    output_field=ArrayField(models.TextField()),
)
_IN_TEXTS = (
    Excerpt.objects.filter(removed_at=None)
    .only("version", "number", "start", "end", "speaker_role")
    .annotate(coded=_NAMES)
    .order_by("start", "end")
)


@dataclass(frozen=True)
class Cut:
    """What was cut from an item of evidence, seen from one version of its text."""

    here: list[Excerpt]  # in the order in which they stand there, `coded` to dimensions by name
    elsewhere: int  # how many lie in other versions


def cut_from(version: TextVersion) -> Cut:
    """The standing excerpts of a version whose text is at hand."""
    everywhere = list(_IN_TEXTS.filter(version__evidence=version.evidence_id))
    here = [each for each in everywhere if each.version_id == version.pk]
    for excerpt in here:
        excerpt.version = version
    return Cut(here, len(everywhere) - len(here))


def coded_to(
    excerpts: Excerpts, dimension: Dimension, siblings: Iterable[Dimension] | None = None
) -> Excerpts:
    """Those coded to this dimension or below it, in any version of its lens.

    `siblings` are all dimensions of its version, if they are at hand.
    """
    if siblings is None:
        siblings = dimension.version.dimensions.all()
    codings = Coding.objects.filter(
        removed_at=None,
        dimension__version__lens__versions=dimension.version_id,
        dimension__key__in=_keys_from(dimension, list(siblings)),
    )
    return excerpts.filter(pk__in=codings.values("excerpt"))


def _keys_from(dimension: Dimension, siblings: list[Dimension]) -> set[str]:
    """Its key and those of all dimensions below it."""
    family = {dimension.pk}
    while grown := {d.pk for d in siblings if d.parent_id in family} - family:
        family |= grown
    return {d.key for d in siblings if d.pk in family}


_WITH_LENSES = (
    _CODINGS.select_related("dimension")
    .only("created_at", "created_by", "created_by_name", "dimension__name")
    .annotate(lens=F("dimension__version__lens__name"))
)


def codings_of(excerpt: Excerpt) -> list[Coding]:
    """Its standing codings, each with the name of its `lens`."""
    codings: list[Coding] = list(_WITH_LENSES.filter(excerpt=excerpt))
    for coding in codings:
        coding.excerpt = excerpt
    return codings
