from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from places.models import Place
from programmes.models.application import Application
from programmes.models.cohort import Cohort
from programmes.models.programme import Programme


class Project(models.Model):
    """One place's work on one wicked problem, in one cohort of one programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="projects")
    cohort = models.ForeignKey(Cohort, on_delete=models.PROTECT, related_name="projects")
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="projects")
    slug = models.SlugField(max_length=200)  # the place's, with a number if it has several
    focus = models.TextField("focus: the problem it works on")
    note = models.TextField(blank=True)
    application = models.OneToOneField(  # that it comes from, if it comes from a call
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="project"
    )
    is_invented = models.BooleanField(default=False)
    search = models.GeneratedField(
        expression=SearchVector("focus", "note", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["programme", "slug"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "slug"], name="project_slug_once"),
            models.UniqueConstraint(
                fields=["programme", "place", "cohort"], name="project_of_place_once_in_cohort"
            ),
        ]
        indexes = [GinIndex(fields=["search"], name="project_search")]

    def __str__(self) -> str:
        return f"{self.place}: {self.focus}"
