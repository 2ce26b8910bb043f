"""Calls that come with Placework, to begin one's own with: files that become the first draft."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError

from programmes.models import CallVersion, Criterion, Dimension, LensVersion, Question, Supporter

FOLDER = Path(__file__).resolve().parent.parent / "shipped_calls"


@dataclass(frozen=True)
class ShippedCall:
    """What one file says. Questions, criteria and supporters hold the values of their fields."""

    slug: str
    name: str
    about: str
    lens: str
    text: str
    offered: str
    funding_asked: int | None
    questions: list[dict[str, Any]]
    criteria: list[dict[str, Any]]
    supporters: list[dict[str, Any]]


@cache
def shipped_calls() -> dict[str, ShippedCall]:
    """{slug: call}, one for each file."""
    found = [_read(file) for file in sorted(FOLDER.glob("*.toml"))]
    return {call.slug: call for call in found}


def _read(file: Path) -> ShippedCall:
    content = tomllib.loads(file.read_text(encoding="utf-8"))
    for name in ("text", "offered"):
        content[name] = content[name].strip()
    return ShippedCall(**content)


def write_into(draft: CallVersion, shipped: ShippedCall) -> None:
    """Fill an empty draft, inside the transaction of whoever made it."""
    draft.text, draft.offered = shipped.text, shipped.offered
    draft.funding_asked = shipped.funding_asked
    draft.save(update_fields=["text", "offered", "funding_asked"])
    Question.objects.bulk_create(
        Question(version=draft, position=position, **values)
        for position, values in enumerate(shipped.questions, start=1)
    )
    dimensions = _dimensions_of(shipped)
    Criterion.objects.bulk_create(
        Criterion(
            version=draft,
            position=position,
            key=values["dimension"].removeprefix(f"{shipped.lens}-"),
            **{**values, "dimension": dimensions[values["dimension"]]},
        )
        for position, values in enumerate(shipped.criteria, start=1)
    )
    Supporter.objects.bulk_create(
        Supporter(version=draft, position=position, **values)
        for position, values in enumerate(shipped.supporters, start=1)
    )


def _dimensions_of(shipped: ShippedCall) -> dict[str, Dimension]:
    """Of the lens as it came with Placework: the scales are worded for that version."""
    version = (
        LensVersion.objects.filter(
            lens__slug=shipped.lens, published_at__isnull=False, published_by_name=""
        )
        .order_by("-number")
        .first()
    )
    if version is None:
        raise ValidationError(
            {
                "beginning": (
                    "The lens of this call is missing. An operator brings it in with"
                    " manage.py ship_lenses. Begin with an empty call, or wait for it"
                )
            }
        )
    return {dimension.key: dimension for dimension in version.dimensions.all()}
