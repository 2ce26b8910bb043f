"""The lenses that come with Placework: files that become rows, and next versions when they change."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actions.audit import record
from programmes.events import LensEvent
from programmes.models import Dimension, Lens, LensVersion

FOLDER = Path(__file__).resolve().parent.parent / "lenses"


@dataclass(frozen=True)
class ShippedDimension:
    key: str
    name: str
    meaning: str
    parent: str = ""


@dataclass(frozen=True)
class ShippedLens:
    slug: str
    name: str
    purpose: str
    source: str
    dimensions: tuple[ShippedDimension, ...]


def shipped_lenses(folder: Path = FOLDER) -> list[ShippedLens]:
    """What the files of `folder` say, one lens each."""
    return [_read(file) for file in sorted(folder.glob("*.toml"))]


def ship_lenses(folder: Path = FOLDER) -> list[LensVersion]:
    """Bring the rows up to the files. What was coded, and what staff wrote, stays as it is."""
    versions = (_ship(shipped) for shipped in shipped_lenses(folder))
    return [version for version in versions if version]


def _read(file: Path) -> ShippedLens:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    return ShippedLens(
        slug=content["slug"],
        name=content["name"],
        purpose=content["purpose"],
        source=content["source"].strip(),
        dimensions=tuple(_read_dimensions(content["dimensions"], parent="")),
    )


def _read_dimensions(tables: list[dict[str, Any]], parent: str) -> Iterator[ShippedDimension]:
    for table in tables:
        yield ShippedDimension(table["key"], table["name"], table["meaning"], parent)
        yield from _read_dimensions(table.get("dimensions", []), parent=table["key"])


@transaction.atomic
def _ship(shipped: ShippedLens) -> LensVersion | None:
    lens, is_new = Lens.objects.select_for_update().get_or_create(
        slug=shipped.slug, defaults={"name": shipped.name, "is_shipped": True}
    )
    last = lens.versions.filter(published_at__isnull=False, published_by_name="").last()
    if not is_new and (not lens.is_shipped or (last and _content(last) == shipped)):
        return None  # the lens of that name is staff's own, or it is as the file says
    number = (lens.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    version = LensVersion.objects.create(
        lens=lens, number=number, purpose=shipped.purpose, source=shipped.source
    )
    _write_dimensions(version, shipped.dimensions)
    version.published_at = timezone.now()
    version.save()
    record(LensEvent.SHIPPED, by=None, subject=version)
    return version


def _write_dimensions(version: LensVersion, dimensions: tuple[ShippedDimension, ...]) -> None:
    rows: dict[str, Dimension] = {}
    for position, each in enumerate(dimensions, start=1):
        rows[each.key] = Dimension.objects.create(
            version=version,
            parent=rows.get(each.parent),
            key=each.key,
            name=each.name,
            meaning=each.meaning,
            position=position,
        )


def _content(version: LensVersion) -> ShippedLens:
    """What the file would say for this version."""
    dimensions = version.dimensions.select_related("parent")
    return ShippedLens(
        slug=version.lens.slug,
        name=version.lens.name,
        purpose=version.purpose,
        source=version.source,
        dimensions=tuple(
            ShippedDimension(
                each.key, each.name, each.meaning, each.parent.key if each.parent else ""
            )
            for each in dimensions
        ),
    )
