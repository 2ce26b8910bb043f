"""What a signature must show, one thing a test: what is recorded, and how a stranger checks it.

The stranger has the sealed PDF, and what is public. One MOU is signed, handed over, declined at first,
signed on paper and sealed; all tests read the same file.
"""

import hashlib
import io
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.db import transaction
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from documents.actions.seal_keys import make_seal_key
from programmes import mou_words
from programmes.actions.mou.asking import remind
from programmes.actions.mou.outstanding import expire_signings, extend, void
from programmes.actions.mou.paper import record_paper
from programmes.actions.mou.sealing import seal_version
from programmes.actions.mou.signing import ask_for_paper, decline, hand_over
from programmes.manuscripts.mou import AGREED_FILE, TRAIL_FILE, mou_manuscript
from programmes.models import Authority, Method, Signature, SignatureTrace, Signing
from tests import builders
from tests.accounts.soft_key import registered
from tests.documents.accessible import text
from tests.documents.sealing.tampering import flipped, signed_positions, with_annotation
from tests.documents.sealing.test_seal import needs_pdfsig, pdfsig
from tests.programmes.mou.agreeing import Agreement, agreement, code_for
from tests.programmes.mou.scans import scanned
from tests.programmes.mou.test_by_link import answers, page, show_second_factor

pytestmark = pytest.mark.django_db


@dataclass
class Sealed:
    """The file, what a stranger reads in it, and the rows that it came from."""

    made: Agreement
    content: bytes
    words: str = ""
    agreed: str = ""
    trail: dict[str, Any] = field(default_factory=dict)

    @property
    def told(self) -> list[dict[str, Any]]:
        return [json.loads(event["told"]) for event in self.trail["events"]]

    def told_of(self, what: str) -> list[dict[str, Any]]:
        return [each for each in self.told if each["what"] == what]


@pytest.fixture(scope="module")
def sealed(
    django_db_setup: None,
    django_db_blocker: Any,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Sealed]:
    folder = tmp_path_factory.mktemp("sealed")
    places = {"SEAL_KEYS": folder / "keys", "MEDIA_ROOT": folder / "files"}
    with django_db_blocker.unblock(), transaction.atomic(), override_settings(**places):
        yield read(signed_and_sealed())
        transaction.set_rollback(True)


def signed_and_sealed() -> Agreement:
    cache.clear()
    make_seal_key(organisation="Better Winters")
    made = agreement()
    made.send()
    # The first hands over to somebody who signs with a second factor.
    hand_over(
        signatory=made.signatory(1),
        name="Rita Right",
        post="Chief executive",
        email="rita@example.org",
        reason="She signs for us",
    )
    rita, client = made.signatory(4), Client()
    person = builders.person("Rita Right", email=rita.email)
    registered(person)
    client.force_login(person)
    show_second_factor(client, person)
    client.post(page("mou_sign", rita))
    given = answers(rita) | {"typed_name": "Rita Right", "post": "Chief executive"}
    client.post(page("mou_agree", rita), given, HTTP_USER_AGENT="A browser")
    # The second declines, is granted more time, and signs after a reminder.
    decline(signatory=made.signatory(2), reason="Our board has not met")
    later = made.signing.expires_at + timedelta(days=7)
    extend(signing=made.signing, expires_at=later, by=made.staff)
    # The third asks for paper.
    remind(signatory=made.signatory(3), by=made.staff)
    ask_for_paper(signatory=made.signatory(3))
    record_paper(
        signatory=made.signatory(3),
        typed_name="Pat Paper",
        post="Chair",
        authority=Authority.OFFICE,
        authority_words="",
        witness_note="She signed at our table",
        content=scanned(),
        by=made.staff,
    )
    client = Client()
    client.post(page("mou_agree", made.signatory(2)), answers(made.signatory(2)))
    seal_version(made.version)
    return made


def read(made: Agreement) -> Sealed:
    file = made.version.sealed
    assert file
    with default_storage.open(file.file) as opened:
        content = opened.read()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        agreed = pdf.attachments[AGREED_FILE].get_file().read_bytes().decode()
        trail = json.loads(pdf.attachments[TRAIL_FILE].get_file().read_bytes())
    return Sealed(made, content, " ".join(text(content).split()), agreed, trail)


def sha256(of: str) -> str:
    return hashlib.sha256(of.encode()).hexdigest()


def root_of_the_page() -> str:
    """The root certificate, as anybody downloads it."""
    shown = Client().get(reverse("documents:check")).content.decode()
    [address] = re.findall(r'href="([^"]+\.pem)"[^>]*>Download root', shown)
    return Client().get(address).content.decode()


def signature_of(sealed: Sealed, content: bytes = b"") -> Any:
    (signature,) = PdfFileReader(io.BytesIO(content or sealed.content)).embedded_signatures
    return signature


def pyhanko_says(sealed: Sealed, content: bytes = b"") -> Any:
    """With the root from the public page, and nothing else of ours."""
    der = x509.load_pem_x509_certificate(root_of_the_page().encode()).public_bytes(Encoding.DER)
    trust = ValidationContext(trust_roots=[asn1_x509.Certificate.load(der)], allow_fetching=False)
    return validate_pdf_signature(signature_of(sealed, content), trust)


def test_intent(sealed: Sealed) -> None:
    """The typed name and the statement as shown, with the version of its words; the page quotes them."""
    signature = Signature.objects.get(typed_name="Rita Right")
    party = sealed.made.parties[0]
    assert signature.statement == mou_words.statement(
        title=sealed.made.mou.title,
        version=1,
        reference=sealed.made.signing.reference,
        organisation=str(party),
    )
    assert signature.words_version == mou_words.VERSION
    for said in (signature.statement, "Name as signed Rita Right", "Version of these words 1"):
        assert said in sealed.words
    told = sealed.told_of("signed")[0]
    assert (told["typed_name"], told["statement"]) == ("Rita Right", signature.statement)


def test_intent_is_shown_by_the_button_that_is_pressed() -> None:
    made = agreement(parties=1)
    made.send()
    code_for(made.signatory())
    shown = " ".join(Client().get(page("mou_agree", made.signatory())).content.decode().split())
    assert f"I agree to version 1 on behalf of {made.parties[0]}</button>" in shown


def test_consent(sealed: Sealed) -> None:
    """A tick of its own, with when; who signed on paper has agreed to nothing electronic."""
    signature = Signature.objects.get(typed_name="Rita Right")
    assert signature.consent == mou_words.CONSENT
    assert "I can ask to sign on paper instead" in signature.consent
    assert f"Agreed to sign electronically {signature.consent}" in sealed.words
    assert sealed.told_of("signed")[0]["consent"] == signature.consent
    assert Signature.objects.get(method=Method.PAPER).consent == ""
    assert "Witnessed by" in sealed.words
    assert "She signed at our table" in sealed.words
    assert [each["who"] for each in sealed.told_of("asked for paper")] == ["Signer 3"]


def test_identity(sealed: Sealed) -> None:
    """The method is stated, and no more is claimed than was seen."""
    by_name = {each["typed_name"]: each["method"] for each in sealed.told_of("signed")}
    assert by_name == {
        "Rita Right": Method.CODE_AND_SECOND,
        "Sam Signer": Method.CODE,
        "Pat Paper": Method.PAPER,
    }
    for method in Method:
        assert f"How they were known {method.label}" in sealed.words
    assert "a one-time code that is of use for ten minutes" in sealed.words
    assert "no proof of identity beyond that" in sealed.words
    assert "verified" not in sealed.words.lower()


def test_authority(sealed: Sealed) -> None:
    """Role, organisation, on what basis; and who asked."""
    assert "Rita Right, for " + str(sealed.made.parties[0]) in sealed.words
    assert "Job title Chief executive" in sealed.words
    assert "Authority A minuted decision, Cabinet, 3 November 2026" in sealed.words
    assert sealed.words.count(f"Asked by {sealed.made.staff}") == 4
    assert f"In the place of Signer 1 for {sealed.made.parties[0]}" in sealed.words
    told = sealed.told_of("signed")[0]
    assert (told["authority"], told["authority_words"]) == (
        Authority.MINUTE,
        "Cabinet, 3 November 2026",
    )
    assert sealed.told_of("sent")[0]["who"] == str(sealed.made.staff)


def test_what_was_agreed(sealed: Sealed) -> None:
    """The digest of what each signer saw is that of the text in the file."""
    seen = {each["text_sha256"] for each in sealed.told_of("signed")}
    assert seen == {sha256(sealed.agreed)} == {sealed.trail["text_sha256"]}
    assert set(Signature.objects.values_list("text_sha256", flat=True)) == seen
    assert sha256(sealed.agreed) in sealed.words
    for clause in json.loads(sealed.agreed)["clauses"]:
        assert f"{clause['number']}. {clause['heading']}" in sealed.words


def test_when(sealed: Sealed) -> None:
    """In UTC by the server's clock; that nobody else vouches for it is said."""
    signature = Signature.objects.get(typed_name="Rita Right")
    signed_at = signature.signed_at.astimezone(UTC)
    assert f"Signed {signed_at:%-d %B %Y}, {signed_at:%H:%M:%S} UTC" in sealed.words
    assert datetime.fromisoformat(sealed.told_of("signed")[0]["at"]) == signature.signed_at
    assert "There is no trusted timestamp." in sealed.words
    seal = signature_of(sealed)
    assert abs(seal.self_reported_timestamp - timezone.now()) < timedelta(minutes=10)
    assert pyhanko_says(sealed).timestamp_validity is None
    trusted = str(mou_manuscript(sealed.made.signing, has_trusted_time=True))
    assert "vouched for by a timestamp authority" in trusted
    assert "no trusted timestamp" not in trusted


def test_trail(sealed: Sealed) -> None:
    """What happened, in a chain that anybody recomputes from the file; addresses stay outside."""
    happened = [each["what"] for each in sealed.told]
    assert happened[0] == "sent"
    assert happened[-1] == "all have signed"
    assert set(happened) == {
        "sent",
        "opened",
        "handed over",
        "declined",
        "extended",
        "reminded",
        "asked for paper",
        "signed",
        "all have signed",
    }
    before = ""
    for event in sealed.trail["events"]:  # as the audit page says how
        assert event["previous_sha256"] == before
        before = sha256(before + event["told"])
        assert event["sha256"] == before
        assert event["sha256"][:16] in sealed.words
    trace = SignatureTrace.objects.get(signature__typed_name="Rita Right")
    assert (trace.address, trace.agent) == ("127.0.0.1", "A browser")
    assert timedelta(days=364) < trace.kept_until - timezone.now() <= timedelta(days=365)
    for private in ("127.0.0.1", "A browser", "@example.org"):
        assert private not in sealed.words + json.dumps(sealed.trail)


def test_trail_of_what_was_given_up_or_not_signed_in_time() -> None:
    one, other = agreement(parties=1), agreement(parties=1)
    one.send()
    void(signing=one.signing, reason="No money", by=one.staff)
    other.send()
    Signing.objects.filter(pk=other.signing.pk).update(expires_at=timezone.now())
    assert expire_signings() == 1
    for made, what in ((one, "voided"), (other, "expired")):
        last = made.signing.events.order_by("-number")[0]
        assert json.loads(last.told)["what"] == what
        assert last.sha256 == sha256(last.previous_sha256 + last.told)


@needs_pdfsig
def test_tamper_evidence(sealed: Sealed, tmp_path: Path) -> None:
    """One certification seal that allows no change: two programs that are not ours say so."""
    said = pdfsig(sealed.content, tmp_path)
    assert "Signature is Valid" in said
    assert "Total document signed" in said
    assert said.count("Signature #") == 1
    assert signature_of(sealed).docmdp_level.name == "NO_CHANGES"
    assert pyhanko_says(sealed).bottom_line
    changed = flipped(sealed.content, signed_positions(sealed.content, 3)[1])
    assert "Signature is Valid" not in pdfsig(changed, tmp_path)
    assert "Not total document signed" in pdfsig(with_annotation(sealed.content), tmp_path)
    assert not pyhanko_says(sealed, with_annotation(sealed.content)).bottom_line


def test_who_sealed(sealed: Sealed) -> None:
    """The certificates are public, and their fingerprints are those in the file."""
    root = x509.load_pem_x509_certificate(root_of_the_page().encode())
    shown = Client().get(reverse("documents:check")).content.decode()
    status = pyhanko_says(sealed)
    assert "Better Winters" in status.signing_cert.subject.human_friendly
    pairs = root.fingerprint(SHA256()).hex(":").upper()
    assert pairs in shown
    assert status.signing_cert.sha256.hex(":").upper() in shown
    assert "compare the root's SHA-256 fingerprint" in sealed.words


def test_independence(sealed: Sealed) -> None:
    """The page that checks says how to check without it, and so does the file."""
    shown = Client().get(reverse("documents:check")).content.decode()
    for other in ("pdfsig", "pyhanko sign validate", "Adobe Acrobat", "DSS demonstration"):
        assert other in shown
    assert "You need not take our word for it" in shown
    for way in ("pdfsig FILE", "Total document signed", "pyhanko sign validate", "Acrobat"):
        assert way in sealed.words


def test_not_binding(sealed: Sealed) -> None:
    """A clause, a banner before all else, and the way out."""
    assert "This memorandum says what its partners intend. It is not a contract" in sealed.words
    clauses = {each["key"]: each for each in json.loads(sealed.agreed)["clauses"]}
    assert clauses["not-binding"]["heading"] in sealed.words
    assert "leave" in clauses["leaving"]["text"]
    assert "A partner can withdraw" in sealed.words
    asked = " ".join(
        Client().get(page("mou_sign", sealed.made.signatory(2))).content.decode().split()
    )
    assert "It is not a contract, and not legally binding." in asked
