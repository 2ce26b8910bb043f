from __future__ import annotations

from django.conf import settings
from django.db import models
from django.urls import reverse

from programmes.models.programme import Programme


class ProgrammeImport(models.Model):
    """One uploaded workbook or set of CSV files: checked first, saved only when nothing is wrong.

    What is being done with it now, its jobs say; the row holds what came of it.
    """

    file = models.CharField(max_length=200, blank=True)  # in the default storage; empty when gone
    file_name = models.CharField("file", max_length=200)  # as it was uploaded
    sha256 = models.CharField(max_length=64)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    uploaded_by_name = models.CharField(max_length=200)
    checked_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    programme = models.ForeignKey(Programme, null=True, on_delete=models.PROTECT, related_name="+")
    # [{"sheet", "row", "column", "sentence"}], the first of `fault_count`; warnings alike.
    faults = models.JSONField(default=list)
    fault_count = models.PositiveIntegerField(default=0)
    warnings = models.JSONField(default=list)
    # [{"what": "places", "created": 3, "changed": 1, "same": 8}], in the order of saving.
    counts = models.JSONField(default=list)

    class Meta:
        ordering = ["-uploaded_at", "-pk"]

    def __str__(self) -> str:
        return self.file_name

    def get_absolute_url(self) -> str:
        return reverse("programmes:import", args=[self.pk])

    @property
    def changes_nothing(self) -> bool:
        return not any(row["created"] or row["changed"] for row in self.counts)

    @property
    def invitations(self) -> int:
        """How many mails go out with it."""
        return sum(row["created"] for row in self.counts if row["what"] == "invitations")

    @property
    def may_be_saved(self) -> bool:
        """Whether the last check found nothing wrong, and something to save."""
        return (
            self.checked_at is not None
            and self.saved_at is None
            and not self.fault_count
            and not self.changes_nothing
        )
