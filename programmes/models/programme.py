from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Lower

from programmes.models.lens import LensVersion


class Programme(models.Model):
    """A place-based systems leadership programme."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    run_by = models.CharField("run by", max_length=200, blank=True)
    on_behalf_of = models.CharField("on behalf of", max_length=200, blank=True)
    country = models.CharField(max_length=100, blank=True)
    started = models.PositiveSmallIntegerField("year it started", null=True, blank=True)
    frame = models.ForeignKey(  # the lens that orders findings in case studies and reports
        LensVersion, on_delete=models.PROTECT, related_name="+"
    )
    is_invented = models.BooleanField(default=False)
    search = models.GeneratedField(
        expression=SearchVector("name", "run_by", "on_behalf_of", "country", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="programme_name_once")]
        indexes = [GinIndex(fields=["search"], name="programme_search")]

    def __str__(self) -> str:
        return self.name
