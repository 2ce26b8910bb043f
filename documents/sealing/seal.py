"""Putting the one seal on a finished PDF."""

from datetime import datetime
from io import BytesIO

from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.writer import BasePdfFileWriter
from pyhanko.sign.fields import InvisSigSettings, MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import SigningError
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession
from pyhanko.sign.timestamps import HTTPTimeStamper
from pyhanko.sign.timestamps.common_utils import TimestampRequestError

from documents.sealing.certificates import subject_of
from documents.sealing.faults import NotSealed, TimestampMissing
from documents.sealing.keys import SealKey
from documents.sealing.loops import outside_loops

FIELD = "Seal"
DIGEST = "sha256"
PATIENCE = 10  # seconds for a timestamp server's answer
OF_SIGNATURE, OF_TIMESTAMP = 3072, 12 * 1024  # bytes beside the certificates


def seal(pdf: bytes, *, with_key: SealKey, reason: str, at: datetime) -> bytes:
    """The document with one invisible certification seal (PAdES), which allows no change at all.

    With a timestamp server in the settings the seal has its trusted time, or `TimestampMissing` is
    raised: never is it less than was asked for.
    """
    url = with_key.timestamp_url
    spec = SigFieldSpec(
        FIELD,
        readable_field_name=f"Seal of {subject_of(with_key.certificate)}",
        # Beyond the page's edge, where PDF/UA asks for no tag; PDF/A forbids to hide it.
        invis_sig_settings=InvisSigSettings(box_out_of_bounds=True),
    )
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
        reason=reason,
    )
    signer = _Signer(
        metadata,
        with_key.signer,
        timestamper=HTTPTimeStamper(url, timeout=PATIENCE) if url else None,
        new_field_spec=spec,
    )
    signer.at = at
    try:
        document = _Unaltered(BytesIO(pdf))
        room = _room(with_key)
        sealed = outside_loops(lambda: signer.sign_pdf(document, bytes_reserved=room))
    except TimestampRequestError as fault:
        raise TimestampMissing(
            f"The timestamp server at {url} did not answer as it should, so the document is not"
            " sealed yet."
        ) from fault
    except (SigningError, PdfError) as fault:
        raise NotSealed("This document cannot be sealed: it is damaged or has a seal.") from fault
    return bytes(sealed.getvalue())


def _room(key: SealKey) -> int:
    """How many hexadecimal digits the seal may take. To find out exactly would be to sign twice."""
    chain = sum(len(each.public_bytes(Encoding.DER)) for each in key.chain)
    return 2 * (chain + OF_SIGNATURE + (OF_TIMESTAMP if key.timestamp_url else 0))


class _Unaltered(IncrementalPdfFileWriter):
    """Adds the seal and nothing else: what the document says of itself is not written anew."""

    def _update_meta(self) -> None:
        """PyHanko's own would drop what PDF/A and PDF/UA ask for."""


class _Signer(PdfSigner):
    """Takes the time from its caller instead of the clock."""

    at: datetime

    def init_signing_session(
        self, pdf_out: BasePdfFileWriter, existing_fields_only: bool = False
    ) -> PdfSigningSession:
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.at
        return session

    def register_extensions(self, pdf_out: BasePdfFileWriter, *, md_algorithm: str) -> None:
        """None: they would call the file PDF 2.0, and PDF/A-3 is PDF 1.7."""
