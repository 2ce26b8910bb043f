from django.db import models

from programmes.models import Project


class SourceKind(models.TextChoices):
    INTERVIEW = "interview", "Interview"
    SURVEY_RESPONSES = "survey responses", "Survey responses"
    SITE_VISIT = "site visit", "Site visit"
    MOU = "memorandum of understanding", "Memorandum of understanding"
    MINUTES = "minutes", "Minutes"
    PROJECT_DOCUMENTATION = "project documentation", "Project documentation"
    PROJECT_REPORTS = "project reports", "Project reports"
    ENABLER_REPORTS = "enabler reports", "Enabler reports"
    PRESS_COVERAGE = "press coverage", "Press coverage"
    WEBSITE = "website", "Website"
    LOCAL_AREA_DATA_PROFILE = "local area data profile", "Local area data profile"
    SESSION_LOG = "session log", "Session log"
    OBSERVATION = "observation", "Observation"


class Source(models.Model):
    """How many sources of one kind a project has. Evidence with text is counted in `quantity` too.

    Withdrawn evidence is not: a kind whose last source was withdrawn stands at nought.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="sources")
    kind = models.CharField(max_length=40, choices=SourceKind.choices)
    quantity = models.PositiveIntegerField()

    class Meta:
        ordering = ["project", "kind"]
        constraints = [models.UniqueConstraint(fields=["project", "kind"], name="source_kind_once")]

    def __str__(self) -> str:
        return f"{self.quantity} {self.get_kind_display().lower()}"
