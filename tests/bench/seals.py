"""What sealing adds to making a document, and what checking costs beyond pyHanko's own validation."""

import gc
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from statistics import median

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.test.utils import override_settings
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents.actions.seal_keys import make_seal_key
from documents.manuscript import FileInside, Manuscript, Part, Prose, as_pdf
from documents.queries.seals import known_certificates
from documents.sealing.certificates import KnownCertificate, Use
from documents.sealing.checking import check
from documents.sealing.keys import seal_key
from documents.sealing.seal import seal
from documents.sealing.verdict import Outcome
from tests.bench.server_time import seconds

SEALING, CHECKING = 1 / 3, 1.3  # at most: of the rendering, and of pyHanko's own validation
ROUNDS = 15
AT = datetime.now(UTC)
CLAUSE = (
    "Each of us names somebody who may decide, and who comes to the meeting of every month. Whoever"
    " cannot keep a commitment says so before its date, and says what would help.\n\n"
)


@dataclass(frozen=True)
class Measured:
    """Medians, taken in turns."""

    name: str
    seconds: float
    beside: float
    limit: float

    @property
    def ratio(self) -> float:
        return self.seconds / self.beside

    @property
    def is_good(self) -> bool:
        return self.ratio <= self.limit


def measured() -> Iterator[Measured]:
    with tempfile.TemporaryDirectory() as folder, override_settings(SEAL_KEYS=Path(folder)):
        make_seal_key(organisation="Bench")
        known = known_certificates()
        with seal_key() as key:

            def sealed(pdf: bytes) -> bytes:
                return seal(pdf, with_key=key, reason="All have signed", at=AT)

            for pages in (4, 12):
                pdf = _agreement(pages)
                yield _compare(
                    f"sealing {_pages(pdf)} pages, beside rendering them",
                    lambda pdf=pdf: sealed(pdf),  # type: ignore[misc]
                    lambda pages=pages: _agreement(pages),  # type: ignore[misc]
                    SEALING,
                )
            long = sealed(_agreement(40))
    yield _compare(
        f"checking {_pages(long)} pages, beside pyHanko alone",
        lambda: _checked(long, known),
        lambda: _validated(long, known),
        CHECKING,
    )


def _agreement(pages: int) -> bytes:
    """A memorandum of about so many pages, with its data inside."""
    parts = tuple(Part(f"Clause {n}", (Prose(CLAUSE * 10),)) for n in range(1, pages - 1))
    data = FileInside("agreement.json", b'{"clauses": "%s"}' % (b"x" * 20_000), "Data", AT)
    return as_pdf(Manuscript("Memorandum of understanding", parts=parts), inside=[data])


def _pages(pdf: bytes) -> int:
    return int(PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Count"])


def _checked(pdf: bytes, known: list[KnownCertificate]) -> bytes:
    if check(pdf, known).outcome != Outcome.SEALED:
        raise AssertionError("what was sealed does not hold")
    return b""


def _validated(pdf: bytes, known: list[KnownCertificate]) -> bytes:
    """As its documentation shows it."""
    roots = [_asn1(each.pem) for each in known if each.use == Use.ROOT]
    (signature,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
    status = validate_pdf_signature(
        signature, ValidationContext(trust_roots=roots, allow_fetching=False)
    )
    if not status.bottom_line:
        raise AssertionError("what was sealed does not hold")
    return b""


def _asn1(pem: str) -> asn1_x509.Certificate:
    certificate = x509.load_pem_x509_certificate(pem.encode())
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))


def _compare(
    name: str, ours: Callable[[], bytes], beside: Callable[[], bytes], limit: float
) -> Measured:
    ours(), beside()
    pairs = [(_alone(ours), _alone(beside)) for _ in range(ROUNDS)]
    of_ours, of_beside = zip(*pairs, strict=True)
    return Measured(name, median(of_ours), median(of_beside), limit)


def _alone(call: Callable[[], bytes]) -> float:
    """Garbage of what ran before is not on its account (`tests.bench.reports`)."""
    gc.collect()
    return seconds(call)
