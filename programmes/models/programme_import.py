from django.conf import settings
from django.db import models

from documents.models import Job
from programmes.models.programme import Programme


class ProgrammeImport(models.Model):
    """One uploaded workbook or set of CSV files: checked first, saved only when nothing is wrong."""

    file = models.CharField(max_length=200)  # name in the default storage
    file_name = models.CharField(max_length=200)  # as it was uploaded
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_by_name = models.CharField(max_length=200)
    only_check = models.BooleanField(default=False)
    job = models.ForeignKey(Job, null=True, on_delete=models.PROTECT, related_name="+")
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    faults = models.JSONField(default=list)  # [{"sheet", "row", "column", "sentence"}]
    counts = models.JSONField(default=dict)  # {"places": {"created": 3, "changed": 1, "same": 8}}

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name
