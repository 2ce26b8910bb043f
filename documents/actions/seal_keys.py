"""Making and replacing the key that seals, and making its certificates public.

The rows and the folder change together: the folder last, since it cannot be rolled back.
"""

from collections.abc import Sequence

from cryptography import x509
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.audit import record
from documents.events import SealEvent
from documents.models import SealCertificate
from documents.queries.seals import certificate_in_use
from documents.sealing import keyring
from documents.sealing.authority import YEAR, Pair, issue, make_root
from documents.sealing.certificates import Use, fingerprint_of, pem_of, subject_of

OWN = "The settings name a key of your own. Make its certificates public with: announce_seal_key"
THERE_IS_ONE = "There is a key already ({subject}). To replace it, add --rotate."
UNKNOWN_KEY = (
    "{folder} holds a key that is not known to this database. Make its certificate public with"
    " announce_seal_key, or move it away."
)
NO_ROOT = (
    "The root's key is not in {folder}. Put root.pem back for a moment, or add --new-root, and tell"
    " everyone who checks seals the new root's fingerprint."
)
ROOT_ENDS = (
    "The root expires within a year. Add --new-root, and tell everyone who checks seals the new root's"
    " fingerprint."
)


@transaction.atomic
def make_seal_key(
    *, organisation: str = "", rotate: bool = False, new_root: bool = False
) -> SealCertificate:
    """A new key with its certificate; with `rotate` in the place of the one in use."""
    folder = settings.SEAL_KEYS
    if settings.SEAL_PKCS12 or settings.SEAL_PKCS11_MODULE:
        raise ValidationError(OWN)
    now = timezone.now()
    if not rotate:
        _refuse_a_second()
    root = None if new_root or not rotate else keyring.read_root(folder)
    if rotate and not new_root and root is None:
        raise ValidationError(NO_ROOT.format(folder=folder))
    if root and root.certificate.not_valid_after_utc < now + YEAR:
        raise ValidationError(ROOT_ENDS)
    organisation = organisation or (_organisation_of(root) if root else "")
    if not organisation:
        raise ValidationError("Say whose seal it is, with --organisation.")
    fresh_root = None if root else make_root(organisation, at=now)
    root = root or fresh_root
    assert root
    pair = issue(root, organisation, at=now)
    row = announce([pair.certificate, root.certificate])
    if fresh_root:
        keyring.write_root(folder, fresh_root)
    keyring.write_seal(folder, pair, root.certificate)
    return row


def _refuse_a_second() -> None:
    if current := certificate_in_use():
        raise ValidationError(THERE_IS_ONE.format(subject=current.subject))
    if (settings.SEAL_KEYS / keyring.SEAL).exists():
        raise ValidationError(UNKNOWN_KEY.format(folder=settings.SEAL_KEYS))


def _organisation_of(root: Pair) -> str:
    names = root.certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATION_NAME)
    return str(names[0].value) if names else ""


@transaction.atomic
def announce(chain: Sequence[x509.Certificate]) -> SealCertificate:
    """Make the certificates of a key public, its own first. Another that was in use is retired."""
    own, *others = chain
    in_use = SealCertificate.objects.filter(use=Use.SEAL, retired_at=None)
    for earlier in in_use.exclude(fingerprint=fingerprint_of(own)):
        earlier.retired_at = timezone.now()
        earlier.save(update_fields=["retired_at"])
        record(SealEvent.CERTIFICATE_RETIRED, by=None, subject=earlier)
    row = _known(own, Use.SEAL)
    if row.retired_at:
        raise ValidationError(f"{row.subject} was retired, and cannot be used again.")
    for each in others:
        _known(each, Use.ROOT if each.issuer == each.subject else Use.ISSUER)
    return row


@transaction.atomic
def trust_timestamps_of(root: x509.Certificate) -> SealCertificate:
    """Believe the times that are told by authorities under this root."""
    return _known(root, Use.TIMESTAMP_ROOT)


def _known(certificate: x509.Certificate, use: Use) -> SealCertificate:
    row, is_new = SealCertificate.objects.get_or_create(
        fingerprint=fingerprint_of(certificate),
        defaults={
            "pem": pem_of(certificate),
            "use": use,
            "subject": subject_of(certificate),
            "valid_from": certificate.not_valid_before_utc,
            "valid_until": certificate.not_valid_after_utc,
        },
    )
    if is_new:
        record(SealEvent.CERTIFICATE_MADE_KNOWN, by=None, subject=row)
    return row
