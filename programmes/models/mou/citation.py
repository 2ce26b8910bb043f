from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models

from programmes.models.mou.clause import Clause, Wording


class Citation(models.Model):
    """That something in Placework cites a clause: rooms above say what (`programmes.citing`)."""

    clause = models.ForeignKey(Clause, on_delete=models.PROTECT, related_name="citations")
    # As it stood when it was cited: in the version in force, else in the latest.
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="citations")
    cited_in_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    cited_in_id = models.PositiveBigIntegerField()
    cited_in = GenericForeignKey("cited_in_type", "cited_in_id")
    cited_at = models.DateTimeField(auto_now_add=True)
    cited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    cited_by_name = models.CharField(max_length=200)

    class Meta:
        ordering = ["clause", "-cited_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["clause", "cited_in_type", "cited_in_id"], name="citation_once"
            )
        ]
        indexes = [models.Index(fields=["cited_in_type", "cited_in_id"], name="citation_cited_in")]

    def __str__(self) -> str:
        return f"Citation of {self.clause}"
