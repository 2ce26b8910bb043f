from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.models.who_and_when import who_and_when
from evaluation.models.excerpt import Excerpt
from programmes.models import Dimension


class Coding(models.Model):
    """That somebody coded an excerpt to a dimension."""

    excerpt = models.ForeignKey(Excerpt, on_delete=models.PROTECT, related_name="codings")
    dimension = models.ForeignKey(Dimension, on_delete=models.PROTECT, related_name="codings")
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
        constraints = [
            models.UniqueConstraint(
                fields=["excerpt", "dimension", "created_by"],
                condition=Q(removed_at__isnull=True),
                name="coding_once_each",
            ),
            who_and_when("removed"),
        ]

    def __str__(self) -> str:
        return f"{self.excerpt} to {self.dimension}"
