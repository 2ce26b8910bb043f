"""What was sealed, by which certificates, and whether all is well with them."""

from datetime import timedelta

from cryptography import x509
from django.utils import timezone

from documents.models import SealCertificate, SealedFile
from documents.references import as_typed
from documents.sealing.apart import Checker
from documents.sealing.certificates import KnownCertificate, Use, weakness_of

EXPIRES_SOON = timedelta(days=60)


def known_certificates() -> list[KnownCertificate]:
    """All that were ever made public here, for `check`."""
    return [each.known for each in SealCertificate.objects.all()]


def checker() -> Checker:
    """For the files of strangers: with checker() as checking: checking.check(pdf)."""
    return Checker(known_certificates())


def certificate_in_use() -> SealCertificate | None:
    """Of the key that seals now."""
    return SealCertificate.objects.filter(use=Use.SEAL, retired_at=None).first()


def sealed_called(typed: str) -> SealedFile | None:
    """The sealed document of a reference, however it was typed."""
    reference = as_typed(typed)
    rows = SealedFile.objects.select_related("certificate", "superseded_by")
    return rows.filter(reference=reference).first() if reference else None


def sealed_with_digest(sha256: str) -> SealedFile | None:
    """The sealed document that these very bytes are."""
    rows = SealedFile.objects.select_related("certificate", "superseded_by")
    return rows.filter(sha256=sha256).first()


def concern_about_the_seal() -> str:
    """What an operator should know of the certificate in use; empty when all is well."""
    certificate = certificate_in_use()
    if certificate is None:
        return "There is no key to seal documents with."
    if weakness := weakness_of(x509.load_pem_x509_certificate(certificate.pem.encode())):
        return f"The certificate that seals documents is weak: {weakness}."
    if certificate.valid_until < timezone.now():
        return (
            f"The certificate that seals documents expired on {certificate.valid_until:%-d %B %Y}."
        )
    if certificate.valid_until < timezone.now() + EXPIRES_SOON:
        return (
            f"The certificate that seals documents expires on {certificate.valid_until:%-d %B %Y}."
        )
    return ""
