from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.models.who_and_when import who_and_when
from evaluation.models.evidence import TextVersion
from programmes.models import Project


class Excerpt(models.Model):
    """A span of code points [start, end) in one version of a text. The quote is always cut from it."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="excerpts")
    version = models.ForeignKey(TextVersion, on_delete=models.PROTECT, related_name="excerpts")
    number = models.PositiveIntegerField()  # in the project: Q1, Q2, ...
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    speaker_role = models.CharField(  # only where it differs from the evidence's
        "role of who spoke", max_length=200, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by_name = models.CharField(max_length=200)
    removed_at = models.DateTimeField(null=True)
    removed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ["project", "number"]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="excerpt_number_once"),
            models.UniqueConstraint(
                fields=["version", "start", "end"],
                condition=Q(removed_at__isnull=True),
                name="excerpt_span_once",
            ),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="excerpt_not_empty"),
            who_and_when("removed"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"Q{self.number}"

    @property
    def quote(self) -> str:
        return self.version.text[self.start : self.end]

    @property
    def attribution(self) -> str:
        """A role and a place, never a name: "project partner, Dudley"."""
        evidence = self.version.evidence
        role = self.speaker_role or evidence.speaker_role
        return ", ".join(part for part in (role, evidence.speaker_place) if part)
