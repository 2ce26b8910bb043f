"""The key that seals: from our own folder, or the operator's PKCS#12 file or PKCS#11 token."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from django.conf import settings
from pkcs11.exceptions import PKCS11Error
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.general import SigningError
from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
from pyhanko.sign.signers import Signer, SimpleSigner
from pyhanko_certvalidator.registry import SimpleCertificateStore

from documents.sealing import keyring
from documents.sealing.faults import NoSealKey

HOW = "docs/operating.md says how to make one or load your own."


@dataclass(frozen=True)
class SealKey:
    """What seals: a signer, its certificate first in the chain, and where time is told."""

    signer: Signer
    chain: tuple[x509.Certificate, ...]
    timestamp_url: str = ""

    @property
    def certificate(self) -> x509.Certificate:
        return self.chain[0]


@contextmanager
def seal_key() -> Iterator[SealKey]:
    """The key as the settings say; raises NoSealKey. A token's session ends with the block."""
    if settings.SEAL_PKCS11_MODULE:
        with _from_token() as key:
            yield key
    else:
        yield _from_pkcs12() if settings.SEAL_PKCS12 else _from_folder()


def _from_folder() -> SealKey:
    file = settings.SEAL_KEYS / keyring.SEAL
    pem = _read(file, f"There is no key to seal with at {file}. {HOW}")
    try:
        key = serialization.load_pem_private_key(pem, password=None)
        return _key(key, x509.load_pem_x509_certificates(pem))
    except ValueError as fault:
        raise NoSealKey(f"{file} is damaged. Put it back from your back-up of the keys.") from fault


def _from_pkcs12() -> SealKey:
    file = Path(settings.SEAL_PKCS12)
    content = _read(file, f"SEAL_PKCS12 names {file}, which cannot be read. {HOW}")
    passphrase = _secret(settings.SEAL_PKCS12_PASSPHRASE_FILE, "SEAL_PKCS12_PASSPHRASE_FILE")
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(
            content, passphrase.encode() or None
        )
    except ValueError as fault:
        raise NoSealKey(
            f"{file} does not open with the passphrase in SEAL_PKCS12_PASSPHRASE_FILE."
        ) from fault
    if key is None or certificate is None:
        raise NoSealKey(f"{file} must hold a private key with its certificate.")
    return _key(key, [certificate, *others])


@contextmanager
def _from_token() -> Iterator[SealKey]:
    pin = _secret(settings.SEAL_PKCS11_PIN_FILE, "SEAL_PKCS11_PIN_FILE")
    label = settings.SEAL_PKCS11_KEY_LABEL
    try:
        session = open_pkcs11_session(
            settings.SEAL_PKCS11_MODULE,
            token_criteria=TokenCriteria(label=settings.SEAL_PKCS11_TOKEN),
            user_pin=pin,
        )
    except (PKCS11Error, OSError) as fault:
        raise NoSealKey(f"The PKCS#11 token does not open: {fault!r}. {HOW}") from fault
    with session:
        signer = PKCS11Signer(
            session,
            key_label=label,
            cert_label=label,
            other_certs_to_pull=None,  # all that are there
            use_raw_mechanism=True,  # few tokens compute the digest themselves
        )
        try:
            others = [each for each in signer.cert_registry if each != signer.signing_cert]
            chain = _chain([_plain(each) for each in (signer.signing_cert, *others)])
        except (PKCS11Error, SigningError) as fault:
            raise NoSealKey(f"The token has no certificate labelled {label}: {fault!r}") from fault
        yield SealKey(signer, chain, settings.SEAL_TIMESTAMP_URL)


def _key(key: object, certificates: list[x509.Certificate]) -> SealKey:
    if not isinstance(key, (ec.EllipticCurvePrivateKey, rsa.RSAPrivateKey)):
        raise NoSealKey("The key must be of an elliptic curve (ECDSA) or RSA.")
    if key.public_key() != certificates[0].public_key():
        raise NoSealKey("The key and its certificate do not belong together.")
    chain = _chain(certificates)
    registry = SimpleCertificateStore()  # type: ignore[no-untyped-call]
    registry.register_multiple(_asn1(each) for each in chain)
    der = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    signer = SimpleSigner(
        signing_cert=_asn1(chain[0]),
        signing_key=asn1_keys.PrivateKeyInfo.load(der),
        cert_registry=registry,
    )
    return SealKey(signer, chain, settings.SEAL_TIMESTAMP_URL)


def _chain(certificates: list[x509.Certificate]) -> tuple[x509.Certificate, ...]:
    """From the first up to its root, as far as the others lead."""
    chain = certificates[:1]
    while chain[-1].issuer != chain[-1].subject:
        issuers = [each for each in certificates if each.subject == chain[-1].issuer]
        if not issuers or issuers[0] in chain:
            break
        chain.append(issuers[0])
    return tuple(chain)


def _asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def _plain(certificate: asn1_x509.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())


def _read(file: Path, otherwise: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as fault:
        raise NoSealKey(otherwise) from fault


def _secret(file: str, setting: str) -> str:
    """What a file holds, without the line's end; empty when none is named."""
    if not file:
        return ""
    try:
        return Path(file).read_text().rstrip("\r\n")
    except OSError as fault:
        raise NoSealKey(f"{setting} names {file}, which cannot be read.") from fault
