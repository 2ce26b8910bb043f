"""Anybody checks a sealed document: by its file, by its reference, and without scripts."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from pytest_django.fixtures import Settings

from documents.actions.seal_keys import make_seal_key
from documents.actions.sealing import seal_document
from documents.manuscript import Manuscript, Part, Prose, as_pdf
from documents.models import SealedFile
from tests.browser.harness import Visit
from tests.documents.sealing.tampering import with_annotation

pytestmark = pytest.mark.browser


@pytest.fixture
def kept(transactional_db: None, settings: Settings, tmp_path: Path) -> SealedFile:
    settings.SEAL_KEYS, settings.MEDIA_ROOT = tmp_path / "keys", tmp_path / "files"
    make_seal_key(organisation="Better Winters")
    pdf = as_pdf(Manuscript("Memorandum", parts=(Part("Purpose", (Prose("We meet."),)),)))
    return seal_document(pdf=pdf, title="Memorandum of Ambridge", reason="All have signed")


def test_a_file_is_checked(kept: SealedFile, page: Page, visit: Visit, tmp_path: Path) -> None:
    sealed = tmp_path / "files" / kept.file
    changed = tmp_path / "changed.pdf"
    changed.write_bytes(with_annotation(sealed.read_bytes()))
    visit("documents:check")
    for file, heading in (
        (sealed, "This document is as it was sealed"),
        (changed, "This document is not as it was sealed"),
    ):
        page.get_by_label("PDF file").set_input_files(file)
        page.get_by_role("button", name="Check the file").click()
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
        visit.check()


def test_a_reference_is_looked_up_without_scripts(
    kept: SealedFile, page_without_javascript: Page, visit: Visit
) -> None:
    page = page_without_javascript
    visit.on(page)("documents:check")
    page.get_by_label("Reference").fill(kept.reference.lower().replace("-", " "))
    page.get_by_role("button", name="Look it up").click()
    expect(page.get_by_text("Memorandum of Ambridge")).to_be_visible()
    expect(page.get_by_text(kept.sha256)).to_be_visible()
    page.get_by_label("Reference").fill("0000")
    page.get_by_role("button", name="Look it up").click()
    expect(
        page.get_by_role("alert").get_by_text("No document that was sealed here")
    ).to_be_visible()


def test_it_is_done_by_keyboard_alone(
    kept: SealedFile, page: Page, visit: Visit, tmp_path: Path
) -> None:
    visit("documents:check")
    page.get_by_label("Reference").focus()
    page.keyboard.type(kept.reference)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="A document that was sealed here")).to_be_visible()
    visit.check()
