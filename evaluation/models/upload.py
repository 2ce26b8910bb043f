from django.conf import settings
from django.db import models
from django.urls import reverse

from evaluation.models.evidence import Evidence
from programmes.models import Project


class Upload(models.Model):
    """A file on its way into the evidence: its text waits here to be looked at and accepted.

    Gone once it is accepted or discarded, or was left lying too long.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="uploads")
    evidence = models.ForeignKey(  # whose next version this is; none for a new item
        Evidence, null=True, on_delete=models.PROTECT, related_name="uploads"
    )
    details = models.JSONField(default=dict)  # what was typed with it, as the form had it
    file = models.CharField(max_length=200)  # name in the default storage
    file_name = models.CharField(max_length=200)  # as it was uploaded
    file_sha256 = models.CharField(max_length=64)
    text = models.TextField(blank=True)
    warnings = models.JSONField(default=list)  # sentences from the extraction
    read_at = models.DateTimeField(null=True)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        """Without the file's name, which may tell who spoke: this goes into the audit trail."""
        return f"Upload {self.pk}, {self.project.place}"

    def get_absolute_url(self) -> str:
        return reverse("evaluation:upload", kwargs={"pk": self.pk})
