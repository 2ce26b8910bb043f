from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Lower


class Sector(models.TextChoices):
    LOCAL_GOVERNMENT = "local_government", "Local government"
    NHS = "nhs", "NHS"
    POLICE = "police", "Police"
    FIRE_AND_RESCUE = "fire_and_rescue", "Fire and rescue"
    CENTRAL_GOVERNMENT = "central_government", "Central government"
    VOLUNTARY = "voluntary", "Voluntary and community"
    HOUSING = "housing", "Housing"
    EDUCATION = "education", "Education"
    PRIVATE = "private", "Private"
    RESIDENTS = "residents", "Residents"
    OTHER = "other", "Other"


class Organisation(models.Model):
    """A council, NHS body, police force, charity or residents' group. One register for all programmes."""

    name = models.CharField(max_length=200)
    slug = models.SlugField(max_length=200, unique=True)
    sector = models.CharField(max_length=20, choices=Sector.choices)
    website = models.URLField(blank=True)
    note = models.TextField(blank=True)
    is_invented = models.BooleanField(default=False)
    search = models.GeneratedField(
        expression=SearchVector("name", "sector", "note", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = [Lower("name")]
        constraints = [models.UniqueConstraint(Lower("name"), name="organisation_name_once")]
        indexes = [GinIndex(fields=["search"], name="organisation_search")]

    def __str__(self) -> str:
        return self.name
