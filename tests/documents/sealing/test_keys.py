"""Keys: how they are kept, replaced, and brought along; and that weak ones are told."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, pkcs12
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import ProgrammingError, transaction
from pytest_django.fixtures import Settings

from accounts.models import AuditEvent
from documents.actions.seal_keys import announce, make_seal_key
from documents.models import SealCertificate
from documents.queries.seals import concern_about_the_seal, known_certificates
from documents.sealing import keyring
from documents.sealing.authority import Pair, issue, make_root
from documents.sealing.certificates import Use, weakness_of
from documents.sealing.checking import check
from documents.sealing.faults import NoSealKey
from documents.sealing.keys import seal_key
from documents.sealing.seal import seal
from documents.sealing.verdict import Outcome

pytestmark = pytest.mark.django_db
NOW = datetime.now(UTC)


def sealed_now(pdf: bytes) -> bytes:
    with seal_key() as key:
        return seal(pdf, with_key=key, reason="All have signed", at=datetime.now(UTC))


def certified(key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey) -> x509.Certificate:
    """By an authority that is none of ours."""
    root = make_root("An authority", at=NOW)
    ours = issue(root, "Own Seals Ltd", at=NOW).certificate
    builder = x509.CertificateBuilder(
        ours.issuer,
        ours.subject,
        key.public_key(),
        ours.serial_number,
        ours.not_valid_before_utc,
        ours.not_valid_after_utc,
        list(ours.extensions),
    )
    return builder.sign(root.key, hashes.SHA256())


def own_file(
    folder: Path, settings: Settings, key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
) -> None:
    """A PKCS#12 file as the operator would load it."""
    protection = BestAvailableEncryption(b"open sesame")
    content = pkcs12.serialize_key_and_certificates(b"own", key, certified(key), None, protection)
    (folder / "own.p12").write_bytes(content)
    (folder / "passphrase").write_text("open sesame\n")
    settings.SEAL_PKCS12 = str(folder / "own.p12")
    settings.SEAL_PKCS12_PASSPHRASE_FILE = str(folder / "passphrase")


def test_keys_are_readable_by_their_owner_alone(certificate: SealCertificate, folder: Path) -> None:
    keys = folder / "keys"
    assert keys.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in keys.iterdir()} == {
        "seal.pem": 0o600,
        "root.pem": 0o600,
    }
    everything = str([list(SealCertificate.objects.values()), list(AuditEvent.objects.values())])
    assert "PRIVATE KEY" not in everything


def test_the_certificate_says_what_it_is_for(certificate: SealCertificate) -> None:
    root_row = SealCertificate.objects.get(use=Use.ROOT)
    leaf, root = (
        x509.load_pem_x509_certificate(row.pem.encode()) for row in (certificate, root_row)
    )
    leaf.verify_directly_issued_by(root)
    usage = leaf.extensions.get_extension_for_class(x509.KeyUsage)
    assert usage.critical
    assert usage.value.digital_signature
    assert usage.value.content_commitment
    assert not usage.value.key_cert_sign
    assert not leaf.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert root.extensions.get_extension_for_class(x509.BasicConstraints).value.path_length == 0
    of_root = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    issuer = leaf.extensions.get_extension_for_class(x509.AuthorityKeyIdentifier).value
    assert issuer.key_identifier == of_root.digest
    assert leaf.not_valid_after_utc <= root.not_valid_after_utc
    assert weakness_of(leaf) == weakness_of(root) == ""


@pytest.mark.parametrize("new_root", [False, True])
def test_what_an_earlier_key_sealed_still_holds(
    certificate: SealCertificate, pdf: bytes, new_root: bool
) -> None:
    earlier = sealed_now(pdf)
    make_seal_key(organisation="Better Winters", rotate=True, new_root=new_root)
    later = sealed_now(pdf)
    known = known_certificates()
    assert [check(each, known).outcome for each in (earlier, later)] == [Outcome.SEALED] * 2
    assert SealCertificate.objects.filter(use=Use.ROOT).count() == 1 + new_root
    certificate.refresh_from_db()
    assert certificate.retired_at


def test_a_key_that_was_retired_seals_nothing_any_more(
    certificate: SealCertificate, folder: Path, pdf: bytes
) -> None:
    stolen = (folder / "keys" / "seal.pem").read_bytes()
    make_seal_key(rotate=True)
    (folder / "keys" / "seal.pem").write_bytes(stolen)
    with seal_key() as key:
        forged = seal(pdf, with_key=key, reason="Forged", at=NOW + timedelta(days=1))
    verdict = check(forged, known_certificates())
    assert verdict.outcome == Outcome.UNKNOWN_SEAL
    with pytest.raises(CommandError, match="was retired, and cannot be used again"):
        call_command("announce_seal_key")


def test_a_certificate_is_checked_at_the_time_of_the_seal(at: datetime, pdf: bytes) -> None:
    with seal_key() as key:
        too_late = seal(pdf, with_key=key, reason="Late", at=at + timedelta(days=2000))
    assert check(too_late, known_certificates()).outcome == Outcome.UNKNOWN_SEAL


def test_a_second_key_must_be_asked_for(certificate: SealCertificate, folder: Path) -> None:
    with pytest.raises(ValidationError, match="add --rotate"):
        make_seal_key(organisation="Another")
    (folder / "keys" / "root.pem").unlink()
    with pytest.raises(ValidationError, match=r"Put root\.pem back for a moment"):
        make_seal_key(rotate=True)


def test_a_root_that_will_soon_expire_issues_nothing(db: None, folder: Path) -> None:
    keyring.write_root(folder / "keys", make_root("Old", at=NOW - timedelta(days=19.5 * 365)))
    with pytest.raises(ValidationError, match="expires within a year"):
        make_seal_key(rotate=True)


def test_a_key_of_another_database_is_not_overwritten(db: None, folder: Path) -> None:
    (folder / "keys").mkdir()
    (folder / "keys" / "seal.pem").write_text("something")
    with pytest.raises(ValidationError, match="announce_seal_key"):
        make_seal_key(organisation="Better Winters")


def test_a_key_belongs_to_somebody(db: None, folder: Path) -> None:
    with pytest.raises(CommandError, match="Say whose seal it is"):
        call_command("make_seal_key")
    assert not (folder / "keys").exists()


def test_the_command_says_what_to_do_next(
    db: None, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("make_seal_key", organisation="Better Winters")
    said = capsys.readouterr().out
    assert "Document seal of Better Winters, Better Winters seals from now on" in said
    assert SealCertificate.objects.get(use=Use.ROOT).pairs in said
    call_command("make_seal_key", organisation="Better Winters", if_none=True)
    assert SealCertificate.objects.count() == 2


def test_without_a_key_it_is_said_how_to_get_one(db: None, folder: Path) -> None:
    with pytest.raises(NoSealKey, match="There is no key to seal with"), seal_key():
        pass


def test_a_damaged_key_is_told(certificate: SealCertificate, folder: Path) -> None:
    (folder / "keys" / "seal.pem").write_text("-----BEGIN PRIVATE KEY-----\nAAAA\n")
    with pytest.raises(NoSealKey, match="is damaged"), seal_key():
        pass


def test_an_operators_own_key_seals(db: None, folder: Path, settings: Settings, pdf: bytes) -> None:
    own_file(folder, settings, ec.generate_private_key(ec.SECP384R1()))
    call_command("announce_seal_key")
    verdict = check(sealed_now(pdf), known_certificates())
    assert verdict.outcome == Outcome.SEALED
    assert verdict.sealed_by == "Document seal of Own Seals Ltd, Own Seals Ltd"
    with pytest.raises(ValidationError, match="a key of your own"):
        make_seal_key(organisation="Better Winters")


def test_a_wrong_passphrase_is_told(db: None, folder: Path, settings: Settings) -> None:
    own_file(folder, settings, ec.generate_private_key(ec.SECP256R1()))
    (folder / "passphrase").write_text("open barley")
    with pytest.raises(CommandError, match="does not open with the passphrase"):
        call_command("announce_seal_key")
    settings.SEAL_PKCS12_PASSPHRASE_FILE = str(folder / "nowhere")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("announce_seal_key")
    settings.SEAL_PKCS12 = str(folder / "nowhere.p12")
    with pytest.raises(CommandError, match=r"SEAL_PKCS12 names .*, which cannot be read"):
        call_command("announce_seal_key")


@pytest.mark.parametrize(
    ("key", "why"),
    [
        (rsa.generate_private_key(65537, 2048), "its RSA key has 2048 bits"),
        (ec.generate_private_key(ec.SECP224R1()), "its curve has 224 bits"),
    ],
)
def test_a_weak_key_is_told(
    db: None,
    folder: Path,
    settings: Settings,
    capsys: pytest.CaptureFixture[str],
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    why: str,
) -> None:
    own_file(folder, settings, key)
    call_command("announce_seal_key")
    assert why in capsys.readouterr().err
    assert why in concern_about_the_seal()


def test_a_key_that_will_soon_expire_is_told(
    db: None, folder: Path, certificate: SealCertificate
) -> None:
    assert concern_about_the_seal() == ""
    for days, word in ((59, "expires on"), (-1, "expired on")):
        row = announce([issued_until(days).certificate])
        assert word in concern_about_the_seal()
        assert row.subject == "Document seal of Short, Short"


def issued_until(days: int) -> Pair:
    long_ago = NOW - timedelta(days=3 * 365 - days)
    return issue(make_root("Short", at=long_ago), "Short", at=long_ago)


def test_a_certificate_that_was_made_public_stays_so(certificate: SealCertificate) -> None:
    changes = [
        lambda: SealCertificate.objects.update(subject="Somebody else"),
        lambda: SealCertificate.objects.all().delete(),
    ]
    SealCertificate.objects.update(retired_at=NOW)
    changes.append(lambda: SealCertificate.objects.update(retired_at=None))
    for change in changes:
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()
