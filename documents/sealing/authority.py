"""A certificate authority of one's own: a root that issues what seals, and nothing else."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID

ROOT_YEARS, SEAL_YEARS = 20, 3
YEAR = timedelta(days=365)
SLACK = timedelta(minutes=5)  # for clocks that are behind ours


@dataclass(frozen=True)
class Pair:
    """A private key with its certificate."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    def as_pem(self) -> bytes:
        key = self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        return key + self.certificate.public_bytes(Encoding.PEM)

    @classmethod
    def from_pem(cls, pem: bytes) -> "Pair":
        """What `as_pem` wrote; further certificates after it are left alone."""
        key = load_pem_private_key(pem, password=None)
        if not isinstance(key, ec.EllipticCurvePrivateKey):
            raise ValueError("not a key that make_seal_key made")
        return cls(key, x509.load_pem_x509_certificates(pem)[0])


def make_root(organisation: str, *, at: datetime) -> Pair:
    """A root that signs itself, and may issue certificates for sealing alone."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(organisation, f"Seal root of {organisation} {at.year}")
    constraints = x509.BasicConstraints(ca=True, path_length=0)
    usage = _usage(key_cert_sign=True, crl_sign=True)
    builder = _builder(name, name, key, key, constraints, usage, at, ROOT_YEARS * YEAR)
    return Pair(key, builder.sign(key, hashes.SHA256()))


def issue(root: Pair, organisation: str, *, at: datetime) -> Pair:
    """A new key that seals, with a certificate by this root, which it does not outlive."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = _name(organisation, f"Document seal of {organisation}")
    constraints = x509.BasicConstraints(ca=False, path_length=None)
    usage = _usage(digital_signature=True, content_commitment=True)
    lasts = min(SEAL_YEARS * YEAR, root.certificate.not_valid_after_utc - at)
    issuer = root.certificate.subject
    builder = _builder(name, issuer, key, root.key, constraints, usage, at, lasts)
    return Pair(key, builder.sign(root.key, hashes.SHA256()))


def _name(organisation: str, common: str) -> x509.Name:
    longest = 64  # characters, for both kinds of name (RFC 5280)
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation[:longest]),
            x509.NameAttribute(NameOID.COMMON_NAME, common[:longest]),
        ]
    )


def _usage(**used: bool) -> x509.KeyUsage:
    unused = dict.fromkeys(
        (
            "digital_signature",
            "content_commitment",
            "key_encipherment",
            "data_encipherment",
            "key_agreement",
            "key_cert_sign",
            "crl_sign",
            "encipher_only",
            "decipher_only",
        ),
        False,
    )
    return x509.KeyUsage(**unused | used)


def _builder(
    name: x509.Name,
    issuer: x509.Name,
    key: ec.EllipticCurvePrivateKey,
    issuing_key: ec.EllipticCurvePrivateKey,
    constraints: x509.BasicConstraints,
    usage: x509.KeyUsage,
    at: datetime,
    lasts: timedelta,
) -> x509.CertificateBuilder:
    public = key.public_key()
    issuing = x509.AuthorityKeyIdentifier.from_issuer_public_key(issuing_key.public_key())
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(at - SLACK)
        .not_valid_after(at + lasts)
        .add_extension(constraints, critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(issuing, critical=False)
    )
