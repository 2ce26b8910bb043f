"""A key that never leaves its token (PKCS#11), tried with SoftHSM."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.core.management import CommandError, call_command
from pkcs11 import Attribute, ObjectClass
from pyhanko.config.pkcs11 import TokenCriteria
from pyhanko.sign.pkcs11 import open_pkcs11_session
from pytest_django.fixtures import Settings

from documents.actions.sealing import seal_document
from documents.queries.seals import certificate_in_use
from documents.sealing.authority import issue, make_root

MODULE = "/usr/lib/softhsm/libsofthsm2.so"
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not Path(MODULE).exists(), reason="softhsm2 is not installed: apt-get install softhsm2"
    ),
]
NAME, LABEL, PIN = "Placework", "seal", "123456"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One for all tests: the module reads where its tokens are only once in a process."""
    folder = tmp_path_factory.mktemp("token")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    now = datetime.now(UTC)
    pair = issue(make_root("Token Ltd", at=now), "Token Ltd", at=now)
    (folder / "key.pem").write_bytes(
        pair.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        pins = ("--so-pin", PIN, "--pin", PIN)
        softhsm("--init-token", "--free", "--label", NAME, *pins)
        key = ("--import", str(folder / "key.pem"), "--label", LABEL, "--id", "01")
        softhsm(*key, "--token", NAME, "--pin", PIN)
        keep_certificate(pair.certificate)
        (folder / "pin").write_text(f"{PIN}\n")
        yield folder


def softhsm(*options: str) -> None:
    subprocess.run(["softhsm2-util", *options], check=True, capture_output=True)


def keep_certificate(certificate: x509.Certificate) -> None:
    """Beside its key, as whoever sells the token has done."""
    criteria = TokenCriteria(label=NAME)
    session = open_pkcs11_session(MODULE, token_criteria=criteria, user_pin=PIN)
    session.close()
    token = session.token
    with token.open(rw=True, user_pin=PIN) as session:
        session.create_object(
            {
                Attribute.CLASS: ObjectClass.CERTIFICATE,
                Attribute.TOKEN: True,
                Attribute.CERTIFICATE_TYPE: 0,  # X.509
                Attribute.LABEL: LABEL,
                Attribute.ID: b"\x01",
                Attribute.SUBJECT: certificate.subject.public_bytes(),
                Attribute.VALUE: certificate.public_bytes(Encoding.DER),
            }
        )


@pytest.fixture
def named(token: Path, settings: Settings, folder: Path) -> Settings:
    """The settings that name the token."""
    settings.SEAL_PKCS11_MODULE = MODULE
    settings.SEAL_PKCS11_TOKEN = NAME
    settings.SEAL_PKCS11_KEY_LABEL = LABEL
    settings.SEAL_PKCS11_PIN_FILE = str(token / "pin")
    return settings


def test_a_key_in_a_token_seals(named: Settings, pdf: bytes) -> None:
    call_command("announce_seal_key")
    kept = seal_document(pdf=pdf, title="Memorandum", reason="All have signed")
    assert kept.certificate == certificate_in_use()
    assert kept.certificate.subject == "Document seal of Token Ltd, Token Ltd"


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("SEAL_PKCS11_TOKEN", "Another"),
        ("SEAL_PKCS11_MODULE", "/nowhere.so"),
        ("SEAL_PKCS11_KEY_LABEL", "another"),
        ("SEAL_PKCS11_PIN_FILE", "/nowhere"),
    ],
)
def test_a_token_that_does_not_open_is_told(named: Settings, setting: str, value: str) -> None:
    setattr(named, setting, value)
    with pytest.raises(CommandError, match=r"token|cannot be read"):
        call_command("announce_seal_key")
