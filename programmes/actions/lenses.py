"""Lenses and their versions: a draft is copied from the last version, edited, and published once."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.actions.audit import record
from accounts.actions.rows import Refusals, add, change, free_slug
from accounts.models import Person
from programmes.events import LensEvent
from programmes.models import Dimension, Lens, LensVersion

REFUSALS: Refusals = {
    "programmes_lens_name_key": {"name": "Enter a different name: another lens has this one"}
}


@transaction.atomic
def create_lens(*, by: Person, name: str, purpose: str, source: str) -> Lens:
    """A lens of somebody's own, whose first version is a draft without dimensions."""
    lens = Lens(name=name, slug=free_slug(Lens.objects.all(), name))
    add(lens, by=by, kind=LensEvent.CREATED, refusals=REFUSALS)
    LensVersion.objects.create(lens=lens, number=1, purpose=purpose, source=source)
    return lens


def rename_lens(*, lens: Lens, by: Person, name: str) -> Lens:
    """Its address and the keys of its dimensions stay."""
    return change(lens, {"name": name}, by=by, kind=LensEvent.RENAMED, refusals=REFUSALS)


@transaction.atomic
def draft_next_version(*, lens: Lens, by: Person) -> LensVersion:
    """The draft of `lens`: the one that there is, or a copy of the last published version."""
    Lens.objects.select_for_update().get(pk=lens.pk)
    draft = lens.versions.filter(published_at__isnull=True).first()
    if draft:
        return draft
    last = lens.versions.latest("number")
    draft = LensVersion.objects.create(
        lens=lens, number=last.number + 1, purpose=last.purpose, source=last.source
    )
    _copy_dimensions(last, draft)
    record(LensEvent.DRAFTED, by=by, subject=draft)
    return draft


def _copy_dimensions(of: LensVersion, to: LensVersion) -> None:
    copies: dict[int, Dimension] = {}
    for each in of.dimensions.all():  # by position, so that a parent comes before its children
        copies[each.pk] = Dimension.objects.create(
            version=to,
            parent=copies[each.parent_id] if each.parent_id else None,
            key=each.key,
            name=each.name,
            meaning=each.meaning,
            position=each.position,
        )


@transaction.atomic
def change_draft(*, version: LensVersion, by: Person, **values: Any) -> LensVersion:
    locked_draft(version)
    return change(version, values, by=by, kind=LensEvent.CHANGED)


@transaction.atomic
def publish_version(*, version: LensVersion, by: Person) -> LensVersion:
    """From now on it may be coded to and framed by, and never changes."""
    version = locked_draft(version)
    if not version.dimensions.exists():
        raise ValidationError("Add at least one dimension before you publish this version")
    last = version.lens.versions.exclude(pk=version.pk).aggregate(last=Max("number"))["last"] or 0
    version.number = max(version.number, last + 1)  # a shipped one may have come in between
    version.published_at = timezone.now()
    version.published_by = by
    version.published_by_name = by.name
    version.save()
    record(LensEvent.PUBLISHED, by=by, subject=version)
    return version


@transaction.atomic
def discard_draft(*, version: LensVersion, by: Person) -> None:
    """The draft goes; a lens that was never published goes with it."""
    version = locked_draft(version)
    record(LensEvent.DISCARDED, by=by, subject=version)
    version.dimensions.filter(parent__isnull=False).delete()
    version.dimensions.all().delete()
    lens = version.lens
    version.delete()
    if not lens.versions.exists():
        lens.delete()


def locked_draft(version: LensVersion) -> LensVersion:
    """The draft as it is stored, held against others until the end of the transaction."""
    stored = LensVersion.objects.select_related("lens").select_for_update(of=("self",))
    draft = stored.filter(pk=version.pk).first()
    if draft is None or draft.published_at is not None:
        raise ValidationError(
            "This draft has been published or discarded. Open the lens again and draft a new version"
        )
    return draft
