"""The document of an MOU: what stranger reads from it alone."""

import io
import json

import pikepdf
import pytest

from documents.manuscript import as_pdf
from programmes.actions.mou.chain import broken_at
from programmes.actions.mou.signing import hand_over
from programmes.manuscripts.mou import (
    AGREED_FILE,
    NOT_BINDING,
    NOT_SIGNED,
    TRAIL_FILE,
    draft_manuscript,
    files_inside,
    mou_manuscript,
)
from programmes.mou_text import digest
from tests.documents.accessible import faults_of, text
from tests.programmes.mou.agreeing import Agreement, agreement, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def complete() -> Agreement:
    """The first signatory handed over, and all have signed."""
    made = agreement()
    made.send()
    hand_over(
        signatory=made.signatory(),
        name="Rita Right",
        post="Chief executive",
        email="rita@example.org",
        reason="She signs for us",
    )
    for place in (2, 3, 4):
        signed(made.signatory(place))
    return made


def made(of: Agreement) -> bytes:
    return as_pdf(mou_manuscript(of.signing), inside=files_inside(of.signing))


def test_it_is_accessible_and_the_same_each_time(complete: Agreement) -> None:
    pdf = made(complete)
    assert faults_of(pdf) == []
    assert pdf == made(complete)


def test_its_files_let_a_stranger_recompute_the_chain(complete: Agreement) -> None:
    pdf = made(complete)
    with pikepdf.open(io.BytesIO(pdf)) as read:
        agreed = read.attachments[AGREED_FILE].get_file().read_bytes().decode()
        trail = json.loads(read.attachments[TRAIL_FILE].get_file().read_bytes())
    assert digest(agreed) == trail["text_sha256"]
    assert broken_at(trail["events"]) is None
    told = [json.loads(each["told"]) for each in trail["events"]]
    assert [each["what"] for each in told].count("signed") == 3
    assert {each["text_sha256"] for each in told if each["what"] == "signed"} == {digest(agreed)}


def test_it_says_who_signed_how_and_that_it_does_not_bind(complete: Agreement) -> None:
    pdf = made(complete)
    words = " ".join(text(pdf).split())
    for said in (
        "Rita Right",
        "Handed over to",
        "Link and one-time code, both by e-mail",
        "I agree to sign electronically.",
        "The office I hold",
        "UTC",
        complete.signing.reference,
    ):
        assert said in words
    assert "example.org" not in words  # addresses are nobody else's business
    assert mou_manuscript(complete.signing).notice == NOT_BINDING


def test_what_is_not_signed_says_so() -> None:
    made = agreement()
    assert "draft" in draft_manuscript(made.version).notice
    made.send()
    signed(made.signatory())
    assert mou_manuscript(made.signing).notice == NOT_SIGNED
