from django.db import models
from django.urls import reverse

from accounts.models.append_only import append_only_but_for
from documents.models.seal_certificate import SealCertificate


class SealedFile(models.Model):
    """A sealed document. The row is written only when what is stored was read back and verified."""

    reference = models.CharField(max_length=14, unique=True)  # see `documents.references`
    title = models.CharField(max_length=300)
    file = models.CharField(max_length=200)  # name in the default storage
    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()  # bytes
    certificate = models.ForeignKey(
        SealCertificate, on_delete=models.PROTECT, related_name="sealed"
    )
    sealed_at = models.DateTimeField()  # as the seal says
    verified_at = models.DateTimeField()  # when what is stored was last found to be as sealed
    superseded_by = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="supersedes"
    )

    class Meta:
        ordering = ["-sealed_at", "-pk"]
        triggers = append_only_but_for(once=["superseded_by"], again=["verified_at"])

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where anybody may check it."""
        return f"{reverse('documents:check')}?reference={self.reference}"
