from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models.append_only import append_only
from evaluation.models.case_study import CaseStudy
from evaluation.models.excerpt import Excerpt
from programmes.models import Dimension


class Heading(models.TextChoices):
    """The narrative part of a case study; findings by dimension follow it."""

    START_UP_CONDITIONS = "start_up_conditions", "Start-up conditions"
    CONTEXT = "context", "Organisational and political context"
    PARTNERS = "partners", "Key partners and stakeholders"
    ENABLER = "enabler", "What the enabler did"
    OUTCOMES = "outcomes", "Outcomes and experiences"
    METRICS = "metrics", "Data and metrics"


class Section(models.Model):
    """One part of a case study, in Markdown: under a narrative heading, or a finding on a dimension.

    A paragraph that is just `[Q7]` places excerpt Q7 of the project as a quote.
    """

    case_study = models.ForeignKey(CaseStudy, on_delete=models.PROTECT, related_name="sections")
    heading = models.CharField(max_length=30, choices=Heading.choices, blank=True)
    dimension = models.ForeignKey(
        Dimension, null=True, on_delete=models.PROTECT, related_name="sections"
    )
    text = models.TextField(blank=True)
    number = models.PositiveIntegerField(default=0)  # of its latest revision; 0 is never written

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(dimension__isnull=True) & ~Q(heading=""))
                | (Q(dimension__isnull=False) & Q(heading="")),
                name="section_heading_or_dimension",
            ),
            models.UniqueConstraint(
                fields=["case_study", "heading"],
                condition=~Q(heading=""),
                name="section_heading_once",
            ),
            models.UniqueConstraint(
                fields=["case_study", "dimension"], name="section_dimension_once"
            ),
        ]

    def __str__(self) -> str:
        return Heading(self.heading).label if self.heading else str(self.dimension)

    def get_absolute_url(self) -> str:
        return reverse("evaluation:section", kwargs={"pk": self.pk})


class SectionRevision(models.Model):
    """The text of a section as somebody saved it. Append-only."""

    section = models.ForeignKey(Section, on_delete=models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()  # in the section
    case_study_revision = models.PositiveIntegerField()
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField(auto_now_add=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    saved_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["section", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["section", "number"], name="section_revision_once")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.section}, revision {self.number}"


class Draft(models.Model):
    """What one person typed in one window when it could not be saved: kept until they settle it."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="drafts")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    window = models.CharField(max_length=36, blank=True)  # one person may type in two
    text = models.TextField(blank=True)
    based_on = models.PositiveIntegerField()  # the section revision they started from
    kept_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["section", "person", "window"], name="draft_once")
        ]

    def __str__(self) -> str:
        return f"Draft of {self.section}"


class QuotePlacement(models.Model):
    """That a section quotes an excerpt: derived from its text at every save, so the thread can be asked."""

    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="placements")
    excerpt = models.ForeignKey(Excerpt, on_delete=models.PROTECT, related_name="placements")
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ["section", "position"]
        constraints = [
            models.UniqueConstraint(fields=["section", "position"], name="placement_position_once")
        ]

    def __str__(self) -> str:
        return f"{self.excerpt} in {self.section}"
