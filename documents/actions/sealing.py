"""A finished PDF is sealed, stored, read back and verified; only then is there a row of it."""

from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone

from documents.files import keep
from documents.models import SealCertificate, SealedFile
from documents.queries.seals import known_certificates
from documents.references import new_reference
from documents.sealing.certificates import fingerprint_of
from documents.sealing.faults import NoSealKey, NotSealed
from documents.sealing.verdict import Answer, Outcome, Verdict

FOLDER = "sealed"
NOT_AS_WRITTEN = "What was stored is not what was sealed, so it does not count as sealed."


def seal_document(*, pdf: bytes, title: str, reason: str, reference: str = "") -> SealedFile:
    """Seal and keep it. `reference` is one that `new_reference` made, for a PDF that prints its own.

    Not to be called in a transaction: what it has stored stays. Raises NoSealKey for what operators
    must put right, NotSealed for the rest; nothing is then called sealed, and it may be tried again.
    """
    # PyHanko takes a second and 40 MB to import, which the processes that serve pages can save.
    from documents.sealing.keys import seal_key  # noqa: PLC0415
    from documents.sealing.seal import seal  # noqa: PLC0415

    with seal_key() as key:
        fingerprint = fingerprint_of(key.certificate)
        certificate = SealCertificate.objects.filter(fingerprint=fingerprint).first()
        if certificate is None or certificate.retired_at:
            raise NoSealKey(
                "The key's certificate is not public. Type: manage.py announce_seal_key"
            )
        if certificate.valid_until < timezone.now():
            raise NoSealKey(
                "The key's certificate has expired. docs/operating.md says how to renew."
            )
        sealed = seal(pdf, with_key=key, reason=reason, at=timezone.now())
    return keep_sealed(sealed, title=title, reference=reference, certificate=certificate)


def keep_sealed(
    sealed: bytes, *, title: str, reference: str, certificate: SealCertificate
) -> SealedFile:
    """Store a sealed document, and write its row if what is stored turns out to be it.

    Raises IntegrityError where its reference has a seal already; what was stored is gone then.
    """
    kept = keep(sealed, folder=FOLDER)
    verdict = _of_what_is_stored(kept.name)
    if verdict.sha256 != kept.sha256 or not _is_good(verdict) or verdict.sealed_at is None:
        raise NotSealed(NOT_AS_WRITTEN)
    try:
        with transaction.atomic():
            return SealedFile.objects.create(
                reference=reference or new_reference(),
                title=title,
                file=kept.name,
                sha256=kept.sha256,
                size=kept.size,
                certificate=certificate,
                sealed_at=verdict.sealed_at,
                verified_at=timezone.now(),
            )
    except IntegrityError:
        # Somebody has sealed it a moment ago: there is one seal, and a second file says nothing.
        if not SealedFile.objects.filter(file=kept.name).exists():
            default_storage.delete(kept.name)
        raise


def verify_again(*, sealed: SealedFile) -> Verdict:
    """Look at what is stored now; the row says when it was last found to be right."""
    verdict = _of_what_is_stored(sealed.file)
    if verdict.sha256 == sealed.sha256 and _is_good(verdict):
        sealed.verified_at = timezone.now()
        sealed.save(update_fields=["verified_at"])
    return verdict


@transaction.atomic
def supersede(*, earlier: SealedFile, later: SealedFile) -> None:
    """Say of a sealed document that another has taken its place. Its seal holds as before."""
    earlier.superseded_by = later
    earlier.save(update_fields=["superseded_by"])


def _of_what_is_stored(name: str) -> Verdict:
    from documents.sealing.checking import check  # noqa: PLC0415

    with default_storage.open(name) as file:
        return check(file.read(), known_certificates())


def _is_good(verdict: Verdict) -> bool:
    """A timestamp of a stranger is no fault; one that belongs to another document is."""
    bad_time = verdict.answer("time") == Answer.DOES_NOT_HOLD
    return verdict.outcome == Outcome.SEALED and not bad_time
