from django.db import models
from django.db.models import Q
from django.urls import reverse

from accounts.models.append_only import append_only_but_for
from documents.sealing.certificates import KnownCertificate, Use, in_pairs


class SealCertificate(models.Model):
    """A certificate that was made public here, and stays so; its key is nowhere in the database."""

    USES = [
        (Use.SEAL.value, "Seal"),
        (Use.ISSUER.value, "Issuer"),
        (Use.ROOT.value, "Root"),
        (Use.TIMESTAMP_ROOT.value, "Timestamp root"),
    ]

    fingerprint = models.CharField(max_length=64, unique=True)  # SHA-256
    pem = models.TextField()
    use = models.CharField(max_length=20, choices=USES)
    subject = models.CharField(max_length=300)
    valid_from = models.DateTimeField()
    valid_until = models.DateTimeField()
    made_known_at = models.DateTimeField(auto_now_add=True)
    retired_at = models.DateTimeField(null=True)  # from then on it seals nothing new

    class Meta:
        ordering = ["-made_known_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["use"],
                condition=Q(use=Use.SEAL.value, retired_at=None),
                name="one_seal_certificate_in_use",
            )
        ]
        triggers = append_only_but_for(once=["retired_at"])

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("documents:seal_certificate", args=[self.fingerprint])

    @property
    def pairs(self) -> str:
        """The fingerprint as other programs show it."""
        return in_pairs(self.fingerprint)

    @property
    def is_root(self) -> bool:
        return self.use in (Use.ROOT.value, Use.TIMESTAMP_ROOT)

    @property
    def known(self) -> KnownCertificate:
        return KnownCertificate(self.pem, Use(self.use), self.retired_at)
