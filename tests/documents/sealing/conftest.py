"""A key of its own for each test, and one small document that is sealed with it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from documents.actions.seal_keys import make_seal_key
from documents.manuscript import FileInside, Manuscript, Part, Prose, as_pdf
from documents.models import SealCertificate
from documents.queries.seals import known_certificates
from documents.sealing.certificates import KnownCertificate
from documents.sealing.keys import seal_key
from documents.sealing.seal import seal

DATA = FileInside(
    "agreement.json", b'{"version": 2}', "The agreement as data", datetime(2026, 11, 20, tzinfo=UTC)
)


@pytest.fixture(scope="session")
def pdf() -> bytes:
    """A finished document with its data inside, not sealed yet."""
    words = Prose("We meet every month, and each of us brings what people told us.")
    manuscript = Manuscript("Memorandum of understanding", parts=(Part("Purpose", (words,)),))
    return as_pdf(manuscript, inside=[DATA])


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """Where keys and files go; empty."""
    settings.SEAL_KEYS = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "files"
    return tmp_path


@pytest.fixture
def certificate(db: None, folder: Path) -> SealCertificate:
    """Of the key that seals, which is there as well."""
    return make_seal_key(organisation="Better Winters")


@pytest.fixture
def known(certificate: SealCertificate) -> list[KnownCertificate]:
    return known_certificates()


@pytest.fixture
def at(certificate: SealCertificate) -> datetime:
    """When it is sealed: not before there is a certificate."""
    return datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def sealed(certificate: SealCertificate, pdf: bytes, at: datetime) -> bytes:
    with seal_key() as key:
        return seal(pdf, with_key=key, reason="All have signed", at=at)
