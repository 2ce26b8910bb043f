"""What holds of a sealed PDF and what does not: everything is read from the file alone.

What arrives may be anything. Strangers' files are therefore read in a process of their own
(`documents.sealing.apart`).
"""

import hashlib
from collections.abc import Iterable

from pyhanko.pdf_utils.misc import PdfDecodeLimitError

from documents.sealing.certificates import KnownCertificate
from documents.sealing.reading import UNCHANGED, Reading
from documents.sealing.verdict import (
    LARGEST,
    Answer,
    Finding,
    Outcome,
    Verdict,
    refused,
    too_large,
)

# Any of these in a file says that it had a seal, should the seal itself be damaged.
TRACES = (b"/ByteRange", b"/ETSI.CAdES.detached", b"/DocMDP", b"/adbe.pkcs7.detached")


def check(pdf: bytes, known: Iterable[KnownCertificate] = ()) -> Verdict:
    """What can be said of this file, given the certificates that were made public here."""
    sha256 = hashlib.sha256(pdf).hexdigest()
    if len(pdf) >= LARGEST:
        return too_large(sha256, len(pdf))
    had_a_seal = any(trace in pdf for trace in TRACES)
    if b"%PDF-" not in pdf[:1024] and not had_a_seal:
        return refused(sha256, len(pdf), "It is not a PDF file.")
    try:
        return Reading(pdf, sha256, list(known)).verdict(had_a_seal)
    except (PdfDecodeLimitError, MemoryError):
        words = f"What is packed in it unpacks to more than Placework reads of {len(pdf)} bytes."
        return refused(sha256, len(pdf), words)
    except Exception as fault:  # libraries raise whatever a damaged byte leads them to
        return _damaged(pdf, sha256, had_a_seal, fault)


def _damaged(pdf: bytes, sha256: str, had_a_seal: bool, fault: Exception) -> Verdict:
    what = "The file holds what is left of a seal" if had_a_seal else "It begins like a PDF file"
    words = (
        f"{what}, but cannot be read ({type(fault).__name__}): it is damaged or cut off. No document"
        " leaves Placework like this."
    )
    unchanged = Finding("unchanged", UNCHANGED, Answer.DOES_NOT_HOLD, words)
    return Verdict(sha256, len(pdf), Outcome.CHANGED, (unchanged,))
