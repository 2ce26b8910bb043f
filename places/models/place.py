from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Lower


class Place(models.Model):
    """The area whose partners work on one shared problem. One register for all programmes."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    region = models.CharField(max_length=100, blank=True)
    area_type = models.CharField("kind of area", max_length=100, blank=True)
    area_code = models.CharField(
        "ONS area code",
        max_length=9,
        blank=True,
        validators=[
            RegexValidator(
                r"^[A-Z]\d{8}$", "Enter one capital letter and eight digits, as E08000027."
            )
        ],
    )
    note = models.TextField(blank=True)
    is_invented = models.BooleanField(default=False)
    search = models.GeneratedField(
        expression=SearchVector(
            "name", "region", "area_type", "area_code", "note", config="english"
        ),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="place_name_once")]
        indexes = [GinIndex(fields=["search"], name="place_search")]

    def __str__(self) -> str:
        return self.name
