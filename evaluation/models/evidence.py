from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from accounts.models.append_only import append_only
from accounts.models.who_and_when import who_and_when
from evaluation.models.source import Source, SourceKind
from programmes.models import Project


def attribution(role: str, place: str) -> str:
    return ", ".join(part for part in (role, place) if part)


class Evidence(models.Model):
    """One item of evidence whose text is held here, in versions.

    Who spoke is a role and a place, never a name.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="evidence")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    number = models.PositiveIntegerField()  # in the project: E1, E2, ...
    title = models.CharField(max_length=200)
    collected_on = models.DateField("date it was collected", null=True, blank=True)
    speaker_role = models.CharField("role of who spoke", max_length=200, blank=True)
    speaker_place = models.CharField("place of who spoke", max_length=200, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_by_name = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["project", "number"]
        verbose_name_plural = "evidence"
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="evidence_number_once"),
            who_and_when("withdrawn"),
        ]

    def __str__(self) -> str:
        """Without the title: this goes into the audit trail, which people read who may not see evidence."""
        return f"{self.reference}, {self.project.place}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:evidence", kwargs={"pk": self.pk})

    @property
    def reference(self) -> str:
        return f"E{self.number}"

    @property
    def kind(self) -> str:
        return self.source.kind

    def get_kind_display(self) -> str:
        return SourceKind(self.source.kind).label

    @property
    def attribution(self) -> str:
        """A role and a place, never a name: "project partner, Dudley"."""
        return attribution(self.speaker_role, self.speaker_place)

    @property
    def is_withdrawn(self) -> bool:
        return self.withdrawn_at is not None

    def latest_version(self) -> TextVersion:
        return self.versions.latest("number")


class TextVersion(models.Model):
    """The text as it stood: LF line ends, no BOM, no NUL. Append-only; excerpts point into it."""

    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    length = models.PositiveIntegerField()  # in code points
    sha256 = models.CharField(max_length=64)  # of the text in UTF-8
    warnings = models.JSONField(default=list)  # sentences from the extraction
    file = models.CharField(
        max_length=200, blank=True
    )  # where it came from, in the default storage
    file_name = models.CharField(max_length=200, blank=True)  # as it was uploaded
    file_sha256 = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["evidence", "number"]
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="text_version_once")
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.evidence}, version {self.number}"
