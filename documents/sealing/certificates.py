"""Certificates as people and the checking process need them."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import Encoding

LEAST_RSA_BITS, LEAST_CURVE_BITS = 3072, 256
BROKEN_DIGESTS = {"md5", "sha1"}


class Use(StrEnum):
    """What a certificate is there for."""

    SEAL = "seal"  # of the key that seals
    ISSUER = "issuer"  # between a root and that
    ROOT = "root"
    TIMESTAMP_ROOT = "timestamp_root"  # of a timestamp authority that is trusted


@dataclass(frozen=True)
class KnownCertificate:
    """A certificate that was made public here."""

    pem: str
    use: Use
    retired_at: datetime | None = None


def fingerprint_of(certificate: x509.Certificate) -> str:
    """SHA-256 of the certificate, in lower-case hexadecimal digits."""
    return hashlib.sha256(certificate.public_bytes(Encoding.DER)).hexdigest()


def in_pairs(fingerprint: str) -> str:
    """As other programs write it: AB:CD:…"""
    return ":".join(fingerprint[at : at + 2] for at in range(0, len(fingerprint), 2)).upper()


def pem_of(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode()


def subject_of(certificate: x509.Certificate) -> str:
    """The names that the certificate is issued to, the nearest first."""
    return ", ".join(str(part.value) for part in reversed(list(certificate.subject)))


def weakness_of(certificate: x509.Certificate) -> str:
    """Why a seal by this certificate proves little; empty when there is nothing to say."""
    key = certificate.public_key()
    if isinstance(key, RSAPublicKey) and key.key_size < LEAST_RSA_BITS:
        return f"its RSA key has {key.key_size} bits, and should have {LEAST_RSA_BITS} or more"
    if isinstance(key, EllipticCurvePublicKey) and key.curve.key_size < LEAST_CURVE_BITS:
        return (
            f"its curve has {key.curve.key_size} bits, and should have {LEAST_CURVE_BITS} or more"
        )
    digest = certificate.signature_hash_algorithm
    if digest and digest.name in BROKEN_DIGESTS:
        return f"it was signed with {digest.name.upper()}, which can be forged"
    return ""
