"""A timestamp that was asked for is there, or nothing is sealed."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from asn1crypto import keys as asn1_keys
from asn1crypto import tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.core.management import CommandError, call_command
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pytest_django.fixtures import Settings

from documents.actions.sealing import seal_document
from documents.models import SealCertificate, SealedFile
from documents.queries.seals import known_certificates
from documents.sealing import seal as sealing
from documents.sealing.authority import make_root
from documents.sealing.certificates import pem_of
from documents.sealing.checking import check
from documents.sealing.faults import TimestampMissing
from documents.sealing.keys import seal_key
from documents.sealing.verdict import Answer, Outcome

pytestmark = pytest.mark.django_db
ROOT = make_root("Time Ltd", at=datetime.now(UTC))


def authority() -> DummyTimeStamper:
    """A timestamp authority under a root of its own."""
    key = rsa.generate_private_key(65537, 2048)  # pyHanko's clock for tests signs with no other
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Clock of Time Ltd")])
    only = x509.ExtendedKeyUsage([x509.ExtendedKeyUsageOID.TIME_STAMPING])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(ROOT.certificate.subject)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(ROOT.certificate.not_valid_before_utc)
        .not_valid_after(ROOT.certificate.not_valid_after_utc)
        .add_extension(only, critical=True)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ROOT.key.public_key()),
            critical=False,
        )
        .sign(ROOT.key, hashes.SHA256())
    )
    der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return DummyTimeStamper(
        asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER)),
        asn1_keys.PrivateKeyInfo.load(der),
        certs_to_embed=SimpleCertificateStore(),
    )


@contextmanager
def timestamp_server() -> Iterator[str]:
    """The authority, asked over HTTP as RFC 3161 says."""
    clock = authority()

    class Answers(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
            content = clock.request_tsa_response(asked).dump()
            self.send_response(200)
            self.send_header("Content-Type", "application/timestamp-reply")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def test_the_time_is_that_of_the_authority(
    at: datetime, settings: Settings, pdf: bytes, folder: Path
) -> None:
    with timestamp_server() as settings.SEAL_TIMESTAMP_URL, seal_key() as key:
        sealed = sealing.seal(pdf, with_key=key, reason="All have signed", at=at)
    verdict = check(sealed, known_certificates())
    assert verdict.outcome == Outcome.SEALED
    assert verdict.answer("time") == Answer.UNKNOWN
    assert verdict.sealed_at
    assert verdict.sealed_at >= at

    (folder / "time.pem").write_text(pem_of(ROOT.certificate))
    call_command("announce_seal_key", timestamp_root=folder / "time.pem")
    verdict = check(sealed, known_certificates())
    assert verdict.answer("time") == Answer.HOLDS
    assert any("Clock of Time Ltd told the time" in each.words for each in verdict.findings)


def test_a_server_that_hangs_seals_nothing(
    certificate: SealCertificate,
    settings: Settings,
    pdf: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """It accepts the connection and never answers."""
    monkeypatch.setattr(sealing, "PATIENCE", 0.3)
    with closing(socket.create_server(("127.0.0.1", 0))) as silent:
        settings.SEAL_TIMESTAMP_URL = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        began = time.monotonic()
        with pytest.raises(TimestampMissing, match="is not sealed yet"):
            seal_document(pdf=pdf, title="M", reason="All have signed")
    assert time.monotonic() - began < 5
    assert not SealedFile.objects.exists()


def test_a_server_that_is_away_seals_nothing(
    certificate: SealCertificate, settings: Settings, pdf: bytes
) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as gone:
        port = gone.getsockname()[1]
    settings.SEAL_TIMESTAMP_URL = f"http://127.0.0.1:{port}/"
    with pytest.raises(TimestampMissing, match="did not answer as it should"):
        seal_document(pdf=pdf, title="M", reason="All have signed")


def test_a_root_that_cannot_be_read_is_told(db: None, folder: Path) -> None:
    (folder / "no.pem").write_text("no certificate")
    with pytest.raises(CommandError, match="no certificate in PEM form"):
        call_command("announce_seal_key", timestamp_root=folder / "no.pem")
