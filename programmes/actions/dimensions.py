"""Dimensions of a draft. A key, once given, stays with a dimension whatever it is renamed to."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from accounts.actions.audit import record
from accounts.actions.rows import change
from accounts.models import Person
from programmes.actions.lenses import locked_draft
from programmes.events import DimensionEvent
from programmes.models import Dimension, LensVersion
from programmes.queries.lenses import Branch, tree

LONGEST_KEY = 90  # leaves room for a number


@transaction.atomic
def add_dimension(
    *, version: LensVersion, by: Person, name: str, meaning: str, parent: Dimension | None
) -> Dimension:
    """At the end: of the lens, or of the dimension that it is a part of."""
    version = locked_draft(version)
    if parent and (parent.version_id != version.pk or parent.parent_id):
        raise ValidationError({"parent": "Select a dimension that is not itself a part of another"})
    dimension = Dimension.objects.create(
        version=version,
        parent=parent,
        key=_free_key(version, name),
        name=name,
        meaning=meaning,
        position=version.dimensions.count() + 1,
    )
    _number(tree(version))
    record(DimensionEvent.ADDED, by=by, subject=dimension, scope=version.lens)
    return dimension


@transaction.atomic
def change_dimension(*, dimension: Dimension, by: Person, **values: Any) -> Dimension:
    version = locked_draft(dimension.version)
    return change(dimension, values, by=by, kind=DimensionEvent.CHANGED, scope=version.lens)


@transaction.atomic
def move_dimension(*, dimension: Dimension, by: Person, up: bool) -> None:
    """One place up or down among its neighbours; at the end it stays where it is."""
    version = locked_draft(dimension.version)
    branches = tree(version)
    neighbours = branches
    if dimension.parent_id:
        above = next(each for each in branches if each.dimension.pk == dimension.parent_id)
        neighbours = above.parts
    here = next(i for i, each in enumerate(neighbours) if each.dimension.pk == dimension.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(neighbours):
        neighbours[here], neighbours[there] = neighbours[there], neighbours[here]
        _number(branches)
        record(DimensionEvent.MOVED, by=by, subject=dimension, scope=version.lens)


@transaction.atomic
def remove_dimension(*, dimension: Dimension, by: Person) -> None:
    """With its parts. Earlier versions, and what was coded to them, keep it."""
    version = locked_draft(dimension.version)
    record(DimensionEvent.REMOVED, by=by, subject=dimension, scope=version.lens)
    dimension.children.all().delete()
    dimension.delete()
    _number(tree(version))


def _number(branches: list[Branch]) -> None:
    """Give positions from 1 in reading order: each dimension before its parts."""
    in_order = [row for each in branches for row in (each.dimension, *each.part_rows())]
    for position, row in enumerate(in_order, start=1):
        row.position = position
    Dimension.objects.bulk_update(in_order, ["position"])


def _free_key(version: LensVersion, name: str) -> str:
    """Made from the lens and the name. One that an earlier version used means the same there."""
    wished = f"{version.lens.slug}-{slugify(name)}"[:LONGEST_KEY].strip("-")
    taken = set(version.dimensions.values_list("key", flat=True))
    key, number = wished, 1
    while key in taken:
        number += 1
        key = f"{wished}-{number}"
    return key
