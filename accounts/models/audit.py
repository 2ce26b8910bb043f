from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models

from accounts.models.append_only import append_only


class AuditKind(models.TextChoices):
    """What can happen. Memberless: each room lists its own kinds in a subclass in its `events.py`."""


class AuditEvent(models.Model):
    """Something that somebody did. Ids and names are text, so the row outlives what it tells of."""

    kind = models.CharField(max_length=60)
    at = models.DateTimeField(auto_now_add=True)
    by_id = models.CharField(max_length=40, blank=True)
    by_name = models.CharField(max_length=200)
    subject_kind = models.CharField(max_length=60)
    subject_id = models.CharField(max_length=40)
    subject_name = models.TextField()
    # The programme it happened in; empty for the registers that all programmes share.
    scope_kind = models.CharField(max_length=60, blank=True)
    scope_id = models.CharField(max_length=40, blank=True)
    changes = models.JSONField(default=dict)  # {"field": [old, new]}, values as text
    request_id = models.CharField(max_length=64, blank=True)
    search = models.GeneratedField(
        expression=SearchVector("kind", "by_name", "subject_name", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            GinIndex(fields=["search"], name="audit_search"),
            models.Index(fields=["scope_kind", "scope_id", "-at"], name="audit_scope"),
        ]
        triggers = append_only()

    def __str__(self) -> str:
        return f"{self.kind} {self.subject_name}"
