"""The receipt as a PDF: accessible, whole, and the same bytes each time."""

import io

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from documents.manuscript import as_pdf
from documents.markdown import as_html, literally
from programmes.actions.applications import digest_of
from programmes.manuscripts.receipt import receipt
from programmes.models import Application, AttachedFile, Submission
from tests import builders
from tests.documents.accessible import faults_of
from tests.programmes.walk_applications import QUESTIONS

pytestmark = pytest.mark.django_db

NASTY = "# No heading\n\n1. no list\n<b>bold?</b> [link](https://x.example)\n\n    no code"


@pytest.fixture
def submission() -> Submission:
    call = builders.call(questions=QUESTIONS, supporters=["sponsor", "board"])
    application = builders.application(call, "Wakefield")
    builders.support(
        application, answered_at=timezone.now(), is_confirmed=True, amount=10_000, post="Leader"
    )
    partner = {"organisation": "Age UK", "sector": "voluntary", "part": "Visits"}
    return builders.submission(
        application,
        text=NASTY,
        money="10000.00",
        declaration=True,
        partners=[partner],
        file=attached(application).pk,
    )


def attached(application: Application) -> AttachedFile:
    return AttachedFile.objects.create(
        application=application,
        key="file",
        file="applications/none",
        file_name="letter_of_intent.pdf",
        size=2048,
        sha256="f" * 64,
    )


def text_of(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_it_says_what_was_submitted_when_and_by_whom(submission: Submission) -> None:
    pdf = as_pdf(receipt(submission))
    assert faults_of(pdf) == []
    text = " ".join(text_of(pdf).split())
    for words in (
        "A1",
        "Wakefield",
        "(London time)",
        submission.submitted_by_name,
        "# No heading",
        "1. no list",
        "<b>bold?</b> [link](https://x.example)",
        "£10,000",
        "Age UK",
        "letter_of_intent.pdf",
        "Sue Sponsor, Leader",
        "Not answered.",
    ):
        assert words in text, words
    assert digest_of(submission.answers) in text.replace(" ", "")


def test_it_is_the_same_each_time(submission: Submission) -> None:
    before = as_pdf(receipt(submission))
    submission.application.answers.update(value="Changed since.")
    builders.support(
        submission.application,
        "board",
        token_sha256="of another",
        answered_at=timezone.now(),
        is_confirmed=True,
    )
    assert as_pdf(receipt(submission)) == before


@given(st.text(alphabet=st.characters(codec="utf-8")))
def test_what_is_said_literally_is_no_markup(text: str) -> None:
    html = as_html(literally(text))
    allowed = html.replace("<p>", "").replace("</p>", "").replace("<br />", "")
    assert "<" not in allowed
