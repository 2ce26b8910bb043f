"""The public page and the command say the same, to anybody, of any file."""

import hashlib
import re
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags

from documents.actions.sealing import seal_document, supersede
from documents.models import SealCertificate, SealedFile
from documents.references import new_reference
from documents.sealing.verdict import LARGEST, Outcome
from tests.documents.sealing import tampering
from tests.documents.sealing.test_checking import TAMPERED, bomb, encrypted

pytestmark = pytest.mark.django_db
PAGE = "/documents/check/"


@pytest.fixture
def kept(certificate: SealCertificate, pdf: bytes) -> SealedFile:
    return seal_document(pdf=pdf, title="Memorandum of Wakefield", reason="All have signed")


def content_of(kept: SealedFile, folder: Path) -> bytes:
    return (folder / "files" / kept.file).read_bytes()


def words(response) -> str:
    return " ".join(unescape(strip_tags(response.content.decode())).split())


def post(
    client: Client, content: bytes, name: str = "signed.pdf", address: str = "127.0.0.1"
) -> str:
    file = SimpleUploadedFile(name, content, "application/pdf")
    response = client.post(PAGE, {"file": file}, REMOTE_ADDR=address)
    assert response.status_code == 200
    return words(response)


@pytest.fixture
def verify(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int | str | None, str]]:
    """The command's exit status and what it says of files with these contents."""

    def run(*contents: bytes) -> tuple[int | str | None, str]:
        files = [folder / f"{number}.pdf" for number in range(len(contents))]
        for file, content in zip(files, contents, strict=True):
            file.write_bytes(content)
        with pytest.raises(SystemExit) as left:
            call_command("verify_pdf", *files)
        return left.value.code, capsys.readouterr().out

    return run


def test_a_sealed_file_is_recognised(
    client: Client, kept: SealedFile, folder: Path, verify
) -> None:
    content = content_of(kept, folder)
    said = post(client, content)
    assert Outcome.SEALED in said
    assert "It is, byte for byte, a document that was sealed here" in said
    for told in ("Memorandum of Wakefield", kept.reference, kept.sha256, "agreement.json"):
        assert told in said
    assert hashlib.sha256(content).hexdigest() == kept.sha256
    status, said = verify(content)
    assert status == 0
    assert f"It is “Memorandum of Wakefield”, reference {kept.reference}." in said


def test_a_sealed_file_without_a_record_is_told(client: Client, sealed: bytes, verify) -> None:
    """As one that somebody sealed with a stolen key would be."""
    assert "Placework has no record of these very bytes" in post(client, sealed)
    assert "There is no record of these very bytes" in verify(sealed)[1]


@pytest.mark.parametrize("tamper", TAMPERED)
def test_page_and_command_report_every_change(
    client: Client, sealed: bytes, verify, tamper: str
) -> None:
    change, why = TAMPERED[tamper]
    said = post(client, change(sealed))
    assert Outcome.CHANGED in said
    assert why in said
    assert "Do not rely on it" in said
    status, said = verify(change(sealed))
    assert status == 1
    assert Outcome.CHANGED in said
    assert why in said


def test_the_command_reports_each_of_500_flipped_bytes(sealed: bytes, verify) -> None:
    positions = tampering.signed_positions(sealed, 500)
    status, said = verify(*(tampering.flipped(sealed, position) for position in positions))
    assert status == 1
    assert said.count(Outcome.CHANGED) == 500


# In ten parts, because each file gets a process of its own; and as from so many strangers, because one
# of them may only ask so often.
@pytest.mark.parametrize("part", range(10))
def test_the_page_reports_each_of_500_flipped_bytes(
    client: Client, sealed: bytes, part: int
) -> None:
    positions = tampering.signed_positions(sealed, 500)[part::10]
    assert len(positions) == 50
    for number, position in enumerate(positions):
        changed = tampering.flipped(sealed, position)
        assert Outcome.CHANGED in post(client, changed, address=f"198.51.100.{number}"), position


def test_page_and_command_refuse_what_cannot_be_read(
    client: Client, pdf: bytes, verify, certificate: SealCertificate
) -> None:
    for content, why in (
        (b"no PDF at all", "It is not a PDF file."),
        (bomb(), "unpacks to more than Placework reads"),
        (encrypted(pdf), "It is protected by a password"),
    ):
        said = post(client, content)
        assert Outcome.REFUSED in said
        assert why in said
        status, said = verify(content)
        assert status == 2
        assert why in said


def test_a_file_that_is_too_large_is_refused(client: Client, verify) -> None:
    large = bytes(LARGEST)
    assert "The file must be smaller than 20 MB. This one has 20 MB" in post(client, large)
    status, said = verify(large)
    assert status == 2
    assert "The file has 20 MB" in said
    too_large = SimpleUploadedFile("huge.pdf", bytes(50 * 1024 * 1024))
    assert client.post(PAGE, {"file": too_large}).status_code == 413


def test_a_file_that_is_not_there_is_told(verify, folder: Path, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        call_command("verify_pdf", folder / "nowhere.pdf")
    assert left.value.code == 2
    assert "cannot be read (No such file or directory)" in capsys.readouterr().out


def test_a_reference_tells_what_was_sealed_and_no_more(client: Client, kept: SealedFile) -> None:
    response = client.get(PAGE, {"reference": kept.reference.lower()})
    said = words(response)
    for told in (kept.title, kept.reference, kept.sha256, kept.certificate.fingerprint):
        assert told in said
    assert "nothing of the copy in your hands" in said
    assert kept.file not in response.content.decode()
    assert client.get(kept.get_absolute_url()).status_code == 200


@pytest.mark.parametrize("typed", ["0000-0000-0000", "x", "', --", "\0", "7K4M" * 20])
def test_a_reference_of_nothing_is_told(client: Client, kept: SealedFile, typed: str) -> None:
    response = client.get(PAGE, {"reference": typed})
    assert response.status_code == 200
    assert "There is a problem" in words(response)
    assert kept.title not in words(response)


def test_a_document_that_was_replaced_says_so(
    client: Client, kept: SealedFile, pdf: bytes, folder: Path, verify
) -> None:
    later = seal_document(pdf=pdf, title="Version 2", reason="All have signed")
    supersede(earlier=kept, later=later)
    said = post(client, content_of(kept, folder))
    assert Outcome.SEALED in said
    assert "A later document replaced it" in said
    assert (
        f"A later document replaces it: {later.reference}." in verify(content_of(kept, folder))[1]
    )


def test_guessing_is_slowed_down(client: Client, db: None) -> None:
    guesses = ({"reference": new_reference()} for _ in range(31))
    answers = [client.get(PAGE, guess).status_code for guess in guesses]
    assert answers == [200] * 30 + [429]
    assert client.post(PAGE).status_code == 429
    assert client.get(PAGE).status_code == 200


def test_the_root_can_be_fetched_and_compared(client: Client, certificate: SealCertificate) -> None:
    said = words(client.get(PAGE))
    for row in SealCertificate.objects.all():
        assert row.pairs in said
        response = client.get(row.get_absolute_url())
        assert response.content.decode() == row.pem
        assert "attachment" in response["Content-Disposition"]
    assert client.get(reverse("documents:seal_certificate", args=["0" * 64])).status_code == 404


def test_it_is_said_how_to_check_without_us(client: Client, db: None) -> None:
    said = words(client.get(PAGE))
    for told in ("Total document signed", "--no-revocation-check", "Adobe Acrobat", "sha256sum"):
        assert told in said
    assert re.search(r"Nothing has been sealed here yet", said)


def test_what_somebody_calls_a_file_is_only_text(client: Client, sealed: bytes) -> None:
    name = "<script>alert(1)</script>.pdf"
    response = client.post(PAGE, {"file": SimpleUploadedFile(name, sealed)})
    assert b"<script>alert" not in response.content
