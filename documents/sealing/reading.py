"""One sealed PDF, looked into: each thing that its seal should show, in words."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils.decode_limits import (
    DecodeLimits,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm
from pyhanko.sign.validation import PdfSignatureStatus, validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents.sealing.attachments import attachments, entry
from documents.sealing.certificates import KnownCertificate, Use, fingerprint_of, subject_of
from documents.sealing.loops import outside_loops
from documents.sealing.verdict import (
    MEGABYTE,
    Answer,
    Attached,
    Finding,
    Outcome,
    Verdict,
    refused,
)

LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=32 * MEGABYTE),
    document_budget=DocumentDecodeBudget(base_allowance=64 * MEGABYTE, max_ratio=10),
)
HEX = frozenset(b"0123456789abcdefABCDEF")
AS_SEALED = ("unchanged", "whole", "nothing_added")
BY_US = ("final", "ours", "valid_then")
UNCHANGED = "What was sealed is unchanged"


@dataclass
class Reading:
    """One file that is being read."""

    pdf: bytes
    sha256: str
    known: list[KnownCertificate]

    def verdict(self, had_a_seal: bool) -> Verdict:
        self.reader = PdfFileReader(BytesIO(self.pdf), decode_limits=LIMITS)
        if self.reader.encrypted:
            words = "It is protected by a password. No document that is sealed here is."
            return refused(self.sha256, len(self.pdf), words)
        self.signatures = self.reader.embedded_regular_signatures
        if not self.signatures:
            return self._without_a_seal(had_a_seal)
        self.seal = self.signatures[0]
        self.certificate = _plain(self.seal.signer_cert)
        self.claimed_at = _aware(self.seal.self_reported_timestamp)
        status = self._validated()
        stamp = status.timestamp_validity
        # Anybody can put a timestamp of their own into the seal's container, which nothing covers.
        is_told = stamp and stamp.trusted and stamp.valid and stamp.intact
        self.sealed_at = stamp.timestamp if stamp and is_told else self.claimed_at
        findings = (
            self._unchanged(status),
            self._whole(),
            self._nothing_added(),
            self._final(),
            self._by_whom(status),
            self._valid_then(),
            _time(status),
            *self._data(),
        )
        return Verdict(
            self.sha256,
            len(self.pdf),
            _outcome(findings),
            findings,
            sealed_by=subject_of(self.certificate),
            fingerprint=fingerprint_of(self.certificate),
            sealed_at=self.sealed_at,
            attached=tuple(self.attached),
        )

    def _without_a_seal(self, had_one: bool) -> Verdict:
        words = (
            "The file holds what is left of a seal, but the seal itself is missing or damaged."
            if had_one
            else "No seal was found in it. If it should have one, this is not the sealed file."
        )
        finding = Finding("unchanged", UNCHANGED, Answer.DOES_NOT_HOLD, words)
        outcome = Outcome.CHANGED if had_one else Outcome.NOT_SEALED
        return Verdict(self.sha256, len(self.pdf), outcome, (finding,))

    def _validated(self) -> PdfSignatureStatus:
        """PyHanko's own opinion. What came after the seal is not weighed: nothing may come."""
        moment = self.claimed_at or datetime.now(UTC)
        seals, times = (Use.ROOT, Use.SEAL), (Use.TIMESTAMP_ROOT,)
        return outside_loops(
            lambda: validate_pdf_signature(
                self.seal,
                self._context(seals, moment),
                self._context(times, moment),
                skip_diff=True,
            )
        )

    def _context(self, uses: tuple[Use, ...], moment: datetime) -> ValidationContext:
        return ValidationContext(
            trust_roots=[_asn1(each.pem) for each in self.known if each.use in uses],
            other_certs=[_asn1(each.pem) for each in self.known if each.use == Use.ISSUER],
            allow_fetching=False,
            revocation_mode="soft-fail",
            moment=moment,
        )

    def _unchanged(self, status: PdfSignatureStatus) -> Finding:
        if status.intact and status.valid:
            return Finding(
                "unchanged",
                UNCHANGED,
                Answer.HOLDS,
                "Every byte that the seal covers is as it was when the seal was put on.",
            )
        words = "Something that the seal covers was changed after it was put on."
        return Finding("unchanged", UNCHANGED, Answer.DOES_NOT_HOLD, words)

    def _whole(self) -> Finding:
        """The seal names the bytes that it covers: all, but for the gap in which it stands itself."""
        about = "The seal covers everything before its end"
        if self._gap_is_the_seal():
            words = "It leaves out nothing but the place where it stands itself."
            return Finding("whole", about, Answer.HOLDS, words)
        words = "It leaves out more than the place where it stands itself."
        return Finding("whole", about, Answer.DOES_NOT_HOLD, words)

    def _gap_is_the_seal(self) -> bool:
        if len(self.seal.byte_range) != 4:
            return False
        start, before, after, _ = map(int, self.seal.byte_range)
        gap = self.pdf[before:after]
        digits = gap[1:-1]
        return (
            start == 0
            and gap[:1] + gap[-1:] == b"<>"
            and HEX.issuperset(digits)
            and bytes.fromhex(digits.decode()) == self.seal.pkcs7_content
            # What is left of the room for the seal holds nothing.
            and not any(self.seal.pkcs7_content[_der_length(self.seal.pkcs7_content) :])
        )

    def _nothing_added(self) -> Finding:
        about = "Nothing was added after it was sealed"
        *_, after, length = map(int, self.seal.byte_range)
        added = len(self.pdf) - (after + length)
        if added == 0:
            words = "The seal reaches to the end of the file."
            return Finding("nothing_added", about, Answer.HOLDS, words)
        words = (
            "Something was added at the end after it was sealed, and may show other words than were"
            f" sealed. It has a length of {added} bytes."
            if added > 0
            else "The end of the file is missing."
        )
        return Finding("nothing_added", about, Answer.DOES_NOT_HOLD, words)

    def _final(self) -> Finding:
        """One certification that forbids every change, also in readers that ask."""
        about = "It is the only seal, and allows no change"
        others = len(self.reader.embedded_signatures) - 1
        if others:
            words = f"The file has more signatures than this one: {others}."
            return Finding("final", about, Answer.DOES_NOT_HOLD, words)
        if self._certifies() and self.seal.docmdp_level == MDPPerm.NO_CHANGES:
            words = "PDF readers are told to let nobody change or sign it any further."
            return Finding("final", about, Answer.HOLDS, words)
        words = (
            "It is a signature that lets others change the document, as no seal of Placework does."
        )
        return Finding("final", about, Answer.DOES_NOT_HOLD, words)

    def _certifies(self) -> bool:
        permissions = entry(self.reader.root, "/Perms")
        if permissions is None or "/DocMDP" not in permissions:
            return False
        return bool(permissions.raw_get("/DocMDP") == self.seal.sig_field.raw_get("/V"))

    def _by_whom(self, status: PdfSignatureStatus) -> Finding:
        about = "It was sealed by a certificate that was made public here"
        name, mark = subject_of(self.certificate), fingerprint_of(self.certificate)
        if not (status.valid and status.intact):
            words = f"The seal says {name}, but does not fit what stands in the file."
            return Finding("ours", about, Answer.DOES_NOT_HOLD, words)
        known = self._as_known(mark)
        if known is None:
            words = (
                f"Its certificate, {name}, was never made public here: anybody may have made it."
            )
            return Finding("ours", about, Answer.DOES_NOT_HOLD, words)
        if known.retired_at and self.sealed_at and self.sealed_at > known.retired_at:
            words = f"{name} was no longer in use here when the seal says that it was put on."
            return Finding("ours", about, Answer.DOES_NOT_HOLD, words)
        return Finding("ours", about, Answer.HOLDS, f"It is the certificate of {name}.")

    def _as_known(self, fingerprint: str) -> KnownCertificate | None:
        seals = (each for each in self.known if each.use == Use.SEAL)
        certificate = self.certificate.public_bytes(Encoding.PEM).decode().strip()
        return next((each for each in seals if each.pem.strip() == certificate), None)

    def _valid_then(self) -> Finding:
        about = "The certificate was valid at the time"
        begins, ends = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        lasts = f"It is valid from {begins:%-d %B %Y} to {ends:%-d %B %Y}"
        if self.sealed_at is None:
            words = f"{lasts}, but the seal does not say when it was put on."
            return Finding("valid_then", about, Answer.UNKNOWN, words)
        words = f"{lasts}, and the seal says {self.sealed_at:%-d %B %Y}."
        holds = begins <= self.sealed_at <= ends
        return Finding("valid_then", about, _answer(holds), words)

    def _data(self) -> Iterable[Finding]:
        """The files inside, and whether what calls itself JSON can be read as such."""
        about = "The data inside can be read"
        self.attached: list[Attached] = []
        try:
            broken = self._broken_data()
        except Exception as fault:  # as above; the seal may hold all the same
            words = f"The attached files cannot be read ({type(fault).__name__})."
            yield Finding("data", about, Answer.DOES_NOT_HOLD, words)
            return
        names = ", ".join(broken or [each.name for each in self.attached])
        if broken:
            yield Finding("data", about, Answer.DOES_NOT_HOLD, f"This is not JSON: {names}.")
        elif names:
            yield Finding("data", about, Answer.HOLDS, f"Attached to the document: {names}.")

    def _broken_data(self) -> list[str]:
        broken = []
        for name, content in attachments(self.reader):
            digest = hashlib.sha256(content).hexdigest()
            self.attached.append(Attached(name, len(content), digest))
            if name.lower().endswith(".json") and not _is_json(content):
                broken.append(name)
        return broken


def _time(status: PdfSignatureStatus) -> Finding:
    about = "The time was told by somebody else"
    stamp = status.timestamp_validity
    if stamp is None:
        words = "There is no trusted timestamp: the time is that of the server that sealed it."
        return Finding("time", about, Answer.UNKNOWN, words)
    authority = subject_of(_plain(stamp.signing_cert))
    if not (stamp.intact and stamp.valid):
        words = f"It has a timestamp of {authority} that belongs to another document."
        return Finding("time", about, Answer.DOES_NOT_HOLD, words)
    told = f"{authority} told the time, {stamp.timestamp:%-d %B %Y %H:%M:%S} UTC"
    if not stamp.trusted:
        words = (
            f"{told}. Whether to trust it, its root certificate can tell, which is not known here."
        )
        return Finding("time", about, Answer.UNKNOWN, words)
    return Finding("time", about, Answer.HOLDS, f"{told}.")


def _outcome(findings: tuple[Finding, ...]) -> Outcome:
    answers = {each.key: each.answer for each in findings}
    if any(answers[key] != Answer.HOLDS for key in AS_SEALED):
        return Outcome.CHANGED
    if any(answers[key] != Answer.HOLDS for key in BY_US):
        return Outcome.UNKNOWN_SEAL
    return Outcome.SEALED


def _aware(moment: datetime | None) -> datetime | None:
    """Other programs' seals may leave out which time zone they mean."""
    return moment if moment is None or moment.tzinfo else moment.replace(tzinfo=UTC)


def _answer(holds: bool) -> Answer:
    return Answer.HOLDS if holds else Answer.DOES_NOT_HOLD


def _der_length(der: bytes) -> int:
    """How many bytes the first object in `der` takes, with its head."""
    if der[1] < 128:
        return 2 + der[1]
    size = der[1] - 128
    return 2 + size + int.from_bytes(der[2 : 2 + size], "big")


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):
        return False
    return True


def _plain(certificate: asn1_x509.Certificate) -> x509.Certificate:
    return x509.load_der_x509_certificate(certificate.dump())


def _asn1(pem: str) -> asn1_x509.Certificate:
    certificate = x509.load_pem_x509_certificate(pem.encode())
    return asn1_x509.Certificate.load(certificate.public_bytes(Encoding.DER))
