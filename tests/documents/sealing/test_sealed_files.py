"""Nothing counts as sealed that was not read back and found to be right."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, ProgrammingError, transaction
from hypothesis import given
from hypothesis import strategies as st

from documents.actions.seal_keys import make_seal_key
from documents.actions.sealing import keep_sealed, seal_document, supersede, verify_again
from documents.models import SealCertificate, SealedFile
from documents.queries.seals import sealed_called
from documents.references import ALPHABET, as_typed, new_reference
from documents.sealing.faults import NoSealKey, NotSealed
from documents.sealing.verdict import Outcome
from tests.documents.sealing.tampering import flipped

pytestmark = pytest.mark.django_db


@pytest.fixture
def kept(certificate: SealCertificate, pdf: bytes) -> SealedFile:
    return seal_document(pdf=pdf, title="Memorandum", reason="All have signed")


def damage(kept: SealedFile) -> None:
    with default_storage.open(kept.file) as file:
        content = file.read()
    default_storage.delete(kept.file)
    with default_storage.open(kept.file, "wb") as file:
        file.write(flipped(content, 500))


def test_a_sealed_document_is_found_by_its_reference(kept: SealedFile) -> None:
    typed = kept.reference.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert sealed_called(typed) == kept
    assert sealed_called("0000-0000-0000") is None
    assert kept.verified_at >= kept.sealed_at


def test_a_document_may_print_its_own_reference(certificate: SealCertificate, pdf: bytes) -> None:
    reference = new_reference()
    kept = seal_document(pdf=pdf, title="M", reason="All have signed", reference=reference)
    assert kept.reference == reference


def test_of_two_seals_of_one_document_the_second_leaves_no_file(
    kept: SealedFile, pdf: bytes, folder: Path
) -> None:
    with pytest.raises(IntegrityError):
        seal_document(pdf=pdf, title="M", reason="All have signed", reference=kept.reference)
    stored = [file for file in (folder / "files").rglob("*") if file.is_file()]
    assert stored == [folder / "files" / kept.file]


def test_the_same_bytes_twice_leave_the_file_of_the_first(
    kept: SealedFile, folder: Path, certificate: SealCertificate
) -> None:
    content = (folder / "files" / kept.file).read_bytes()
    with pytest.raises(IntegrityError):
        keep_sealed(content, title="M", reference=kept.reference, certificate=certificate)
    assert (folder / "files" / kept.file).read_bytes() == content


def test_what_is_stored_otherwise_than_written_is_not_sealed(
    certificate: SealCertificate, sealed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As a disk would do that returns other bytes than it was given."""
    read = default_storage.open

    def lossy(name: str, mode: str = "rb") -> ContentFile:
        with read(name, mode) as file:
            return ContentFile(flipped(file.read(), 500))

    monkeypatch.setattr(default_storage, "open", lossy)
    with pytest.raises(NotSealed, match="is not what was sealed"):
        keep_sealed(sealed, title="M", reference="", certificate=certificate)
    assert not SealedFile.objects.exists()


def test_a_full_disk_leaves_no_row(
    certificate: SealCertificate, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        seal_document(pdf=pdf, title="M", reason="All have signed")
    assert not SealedFile.objects.exists()


def test_a_key_that_is_not_public_does_not_seal(
    certificate: SealCertificate, folder, pdf: bytes
) -> None:
    earlier = (folder / "keys" / "seal.pem").read_bytes()
    make_seal_key(rotate=True)
    (folder / "keys" / "seal.pem").write_bytes(earlier)
    with pytest.raises(NoSealKey, match="announce_seal_key"):
        seal_document(pdf=pdf, title="M", reason="All have signed")


def test_what_is_stored_can_be_verified_again(kept: SealedFile) -> None:
    before = kept.verified_at
    assert verify_again(sealed=kept).outcome == Outcome.SEALED
    again = kept.verified_at
    assert again > before
    damage(kept)
    assert verify_again(sealed=kept).outcome == Outcome.CHANGED
    kept.refresh_from_db()
    assert kept.verified_at == again


def test_a_row_says_once_and_for_all_what_was_sealed(kept: SealedFile, pdf: bytes) -> None:
    later = seal_document(pdf=pdf, title="Memorandum, version 2", reason="All have signed")
    supersede(earlier=kept, later=later)
    for change in (
        {"title": "Another"},
        {"sha256": "0" * 64},
        {"superseded_by": None},
    ):
        with pytest.raises(ProgrammingError), transaction.atomic():
            SealedFile.objects.filter(pk=kept.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic():
        SealedFile.objects.filter(pk=kept.pk).delete()


@given(st.text(max_size=40))
def test_anything_may_be_typed(text: str) -> None:
    assert as_typed(text) in ("", as_typed(as_typed(text)))


def test_references_are_long_and_differ() -> None:
    made = {new_reference() for _ in range(1000)}
    assert len(made) == 1000
    assert {len(each) for each in made} == {14}
    assert set("".join(made)) == {*ALPHABET, "-"}
