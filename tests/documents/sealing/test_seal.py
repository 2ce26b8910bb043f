"""The seal: what it is, what it leaves alone, and what other programs say of it."""

import shutil
import subprocess
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents.models import SealCertificate
from documents.sealing.certificates import Use
from documents.sealing.faults import NotSealed
from documents.sealing.keys import seal_key
from documents.sealing.seal import seal
from tests.documents.accessible import faults_of, text
from tests.documents.sealing.tampering import with_annotation

pytestmark = pytest.mark.django_db


needs_pdfsig = pytest.mark.skipif(
    not shutil.which("pdfsig"), reason="pdfsig is not installed: apt-get install poppler-utils"
)


def pdfsig(content: bytes, folder: Path) -> str:
    file = folder / "sealed.pdf"
    file.write_bytes(content)
    return subprocess.run(["pdfsig", file], capture_output=True, check=False, text=True).stdout


@needs_pdfsig
def test_pdfsig_confirms_it(sealed: bytes, folder: Path) -> None:
    said = pdfsig(sealed, folder)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert said.count("Signature #") == 1


@needs_pdfsig
def test_pdfsig_says_when_something_was_added(sealed: bytes, folder: Path) -> None:
    said = pdfsig(with_annotation(sealed), folder)
    assert "Not total document signed" in said


def test_pyhanko_confirms_it_with_the_root_alone(sealed: bytes, at: datetime) -> None:
    root = SealCertificate.objects.get(use=Use.ROOT)
    der = x509.load_pem_x509_certificate(root.pem.encode()).public_bytes(Encoding.DER)
    (signature,) = PdfFileReader(BytesIO(sealed)).embedded_signatures
    trust = ValidationContext(trust_roots=[asn1_x509.Certificate.load(der)], allow_fetching=False)
    status = validate_pdf_signature(signature, trust)
    assert status.bottom_line
    assert "INTACT:TRUSTED,UNTOUCHED" in status.summary()
    assert signature.docmdp_level.name == "NO_CHANGES"
    assert signature.self_reported_timestamp == at


def test_it_still_is_accessible_and_for_the_archive(pdf: bytes, sealed: bytes) -> None:
    assert faults_of(pdf) == []
    assert faults_of(sealed) == []
    assert text(sealed) == text(pdf)
    with pikepdf.open(BytesIO(pdf)) as before, pikepdf.open(BytesIO(sealed)) as after:
        assert before.Root.Metadata.read_bytes() == after.Root.Metadata.read_bytes()
        assert before.docinfo == after.docinfo
        assert before.pdf_version == after.pdf_version
        assert "/Version" not in after.Root
        assert after.attachments["agreement.json"].get_file().read_bytes() == b'{"version": 2}'


def test_a_sealed_document_is_not_sealed_again(at: datetime, sealed: bytes) -> None:
    with seal_key() as key, pytest.raises(NotSealed, match="cannot be sealed"):
        seal(sealed, with_key=key, reason="Again", at=at)


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7\n", b"\x00" * 1000])
def test_nonsense_is_not_sealed(at: datetime, content: bytes) -> None:
    with seal_key() as key, pytest.raises(NotSealed, match="cannot be sealed"):
        seal(content, with_key=key, reason="Nonsense", at=at)
