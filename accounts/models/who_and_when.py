"""Who and when travel together, held by the database."""

from django.db import models
from django.db.models import Q


def who_and_when(prefix: str) -> models.CheckConstraint:
    """The constraint that `<prefix>_at` and `<prefix>_by` are both set or both empty."""
    both = Q(**{f"{prefix}_at__isnull": False, f"{prefix}_by__isnull": False})
    neither = Q(**{f"{prefix}_at__isnull": True, f"{prefix}_by__isnull": True})
    return models.CheckConstraint(
        condition=both | neither, name=f"%(app_label)s_%(class)s_{prefix}_who_and_when"
    )
