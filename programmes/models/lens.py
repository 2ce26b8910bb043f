import pgtrigger
from django.conf import settings
from django.db import models

from accounts.models.append_only import never_emptied

# Kept by the database, also for whoever does not come through the actions.
REFUSE_IF_PUBLISHED = """
    IF EXISTS (
        SELECT 1 FROM programmes_lensversion
        WHERE id IN (OLD.version_id, NEW.version_id) AND published_at IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'A published version of a lens never changes.';
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NEW;
"""


class Lens(models.Model):
    """A named set of dimensions that records are tagged with, coded to, or scored on."""

    name = models.CharField(max_length=200, unique=True)
    slug = models.SlugField(max_length=200, unique=True)  # what imports and case studies know it by
    is_shipped = models.BooleanField(default=False)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "lenses"

    def __str__(self) -> str:
        return self.name


class LensVersion(models.Model):
    """One wording of a lens: a draft until it is published, and then never changed again.

    Published by nobody means that it came with Placework.
    """

    lens = models.ForeignKey(Lens, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    purpose = models.TextField("what it is for, in one line")
    source = models.TextField(blank=True)  # where the lens comes from, as a reference
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["lens", "number"]
        constraints = [
            models.UniqueConstraint(fields=["lens", "number"], name="lens_version_number_once"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="published_never_changes",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__published_at__isnull=False),
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return f"{self.lens}, version {self.number}"


class Dimension(models.Model):
    """One dimension of one version. `key` is the same in every version, so coding stays comparable."""

    version = models.ForeignKey(LensVersion, on_delete=models.PROTECT, related_name="dimensions")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    key = models.SlugField(max_length=100)
    name = models.CharField(max_length=200)
    meaning = models.TextField("what it means, in one line", blank=True)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["version", "position"]
        constraints = [
            models.UniqueConstraint(fields=["version", "key"], name="dimension_key_once"),
            models.UniqueConstraint(  # at the end of the transaction, so that two may change places
                fields=["version", "position"],
                name="dimension_position_once",
                deferrable=models.Deferrable.DEFERRED,
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="published_never_changes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=REFUSE_IF_PUBLISHED,
            ),
            never_emptied(),
        ]

    def __str__(self) -> str:
        return self.name
