"""Whatever is done to a sealed file is seen, and said in words."""

import zlib
from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.sealing.apart import TOO_MUCH, Checker
from documents.sealing.certificates import KnownCertificate, Use
from documents.sealing.checking import check
from documents.sealing.faults import NotSealed
from documents.sealing.keys import seal_key
from documents.sealing.seal import seal
from documents.sealing.verdict import LARGEST, Answer, Outcome, Verdict
from tests.documents.sealing import tampering

pytestmark = pytest.mark.django_db
Known = list[KnownCertificate]

TAMPERED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "annotation": (tampering.with_annotation, "Something was added at the end"),
    "page": (tampering.with_page, "Something was added at the end"),
    "line": (lambda sealed: sealed + b"\n", "Something was added at the end"),
    "end cut": (lambda sealed: tampering.cut(sealed, 10), "damaged or cut off"),
    "tail cut": (lambda sealed: tampering.cut(sealed, 1000), "damaged or cut off"),
    "half cut": (lambda sealed: sealed[: len(sealed) // 2], "damaged or cut off"),
    "saved again": (tampering.saved_again, "was changed after it was put on"),
    "signed as well": (tampering.signed, "more signatures than this one: 1"),
    "twice": (lambda sealed: sealed * 2, "Something was added at the end"),
}


def bomb(megabytes: int = 400) -> bytes:
    """A small file whose table of contents unpacks to very much."""
    packed = zlib.compress(bytes(megabytes * 1024 * 1024), 9)
    head = f"%PDF-1.7\n1 0 obj\n<</Type/XRef/Size 3/W[1 2 1]/Root 2 0 R/Length {len(packed)}"
    return (
        head.encode()
        + b"/Filter/FlateDecode>>\nstream\n"
        + packed
        + b"\nendstream\nendobj\nstartxref\n9\n%%EOF\n"
    )


def encrypted(pdf: bytes) -> bytes:
    file = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as opened:
        opened.save(file, encryption=pikepdf.Encryption(owner="owner", user=""))
    return file.getvalue()


def words_of(verdict: Verdict) -> str:
    return " ".join(each.words for each in verdict.findings)


def test_all_holds_of_what_was_sealed_here(sealed: bytes, known: Known, at: datetime) -> None:
    verdict = check(sealed, known)
    assert verdict.outcome == Outcome.SEALED
    assert verdict.sealed_at == at
    assert verdict.sealed_by == "Document seal of Better Winters, Better Winters"
    assert [each.name for each in verdict.attached] == ["agreement.json"]
    answers = {each.key: each.answer for each in verdict.findings}
    assert answers.pop("time") == Answer.UNKNOWN
    assert "no trusted timestamp" in words_of(verdict)
    assert set(answers.values()) == {Answer.HOLDS}
    assert len(answers) == 7


def test_one_flipped_byte_is_seen_wherever_it_is(sealed: bytes, known: Known) -> None:
    positions = tampering.signed_positions(sealed, 500)
    unseen = [
        position
        for position in positions
        if check(tampering.flipped(sealed, position), known).outcome != Outcome.CHANGED
    ]
    assert len(positions) == 500
    assert unseen == []


@pytest.mark.parametrize("tamper", TAMPERED)
def test_what_was_done_to_the_file_is_said(sealed: bytes, known: Known, tamper: str) -> None:
    change, words = TAMPERED[tamper]
    verdict = check(change(sealed), known)
    assert verdict.outcome == Outcome.CHANGED
    assert verdict.outcome.exit_status == 1
    assert words in words_of(verdict)


@pytest.mark.parametrize("tamper", ["annotation", "page"])
def test_other_programs_would_show_what_was_added(sealed: bytes, tamper: str) -> None:
    """The changes are real: without this the tests above could pass on rubbish."""
    with pikepdf.open(BytesIO(TAMPERED[tamper][0](sealed))) as opened:
        pages = len(opened.pages)
        notes = len(opened.pages[0].Annots)
    assert (pages, notes) == {"annotation": (3, 2), "page": (4, 1)}[tamper]


def test_room_left_in_the_seal_holds_nothing(sealed: bytes, known: Known) -> None:
    verdict = check(tampering.with_room_used(sealed), known)
    assert verdict.answer("whole") == Answer.DOES_NOT_HOLD
    assert verdict.outcome == Outcome.CHANGED


def test_a_document_without_its_seal_has_none(sealed: bytes, pdf: bytes, known: Known) -> None:
    for content in (pdf, tampering.without_last_update(sealed)):
        verdict = check(content, known)
        assert verdict.outcome == Outcome.NOT_SEALED
        assert "this is not the sealed file" in words_of(verdict)


def test_a_seal_by_a_stranger_is_not_ours(sealed: bytes, known: Known) -> None:
    for certificates in ([], [each for each in known if each.use == Use.ROOT]):
        verdict = check(sealed, certificates)
        assert verdict.outcome == Outcome.UNKNOWN_SEAL
        assert verdict.answer("unchanged") == Answer.HOLDS
        assert "anybody may have made it" in words_of(verdict)


def test_a_signature_that_allows_changes_is_no_seal(pdf: bytes, known: Known) -> None:
    verdict = check(tampering.signed(pdf), known)
    assert verdict.outcome == Outcome.UNKNOWN_SEAL
    assert verdict.answer("final") == Answer.DOES_NOT_HOLD
    assert "lets others change the document" in words_of(verdict)


def test_a_signed_document_is_not_sealed(at: datetime, pdf: bytes, known: Known) -> None:
    with seal_key() as key, pytest.raises(NotSealed):
        seal(tampering.signed(pdf), with_key=key, reason="Late", at=at)


def test_a_file_that_is_too_large_is_refused_unread() -> None:
    verdict = check(bytes(LARGEST))
    assert verdict.outcome == Outcome.REFUSED
    assert "The file has 20 MB" in words_of(verdict)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>", bytes(5000)])
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    verdict = check(content)
    assert verdict.outcome == Outcome.REFUSED
    assert verdict.outcome.exit_status == 2
    assert words_of(verdict) == "It is not a PDF file."


def test_a_bomb_is_refused() -> None:
    verdict = check(bomb())
    assert verdict.outcome == Outcome.REFUSED
    assert "unpacks to more" in words_of(verdict)


def test_a_file_with_a_password_is_refused(pdf: bytes) -> None:
    verdict = check(encrypted(pdf))
    assert verdict.outcome == Outcome.REFUSED
    assert "protected by a password" in words_of(verdict)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_no_damage_raises(sealed: bytes, known: Known, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(sealed)))
    end = data.draw(st.integers(start, len(sealed)))
    damaged = sealed[:start] + data.draw(st.binary(max_size=30)) + sealed[end:]
    outcome = check(damaged, known).outcome
    assert damaged == sealed or outcome != Outcome.SEALED


def test_a_process_of_its_own_says_the_same(sealed: bytes, known: Known) -> None:
    contents = [sealed, tampering.with_annotation(sealed), b"no PDF"]
    with Checker(known) as checking:
        assert [checking.check(each) for each in contents] == [
            check(each, known) for each in contents
        ]


def test_a_file_that_takes_too_long_is_refused(sealed: bytes, known: Known) -> None:
    with Checker(known, patience=0.01) as impatient:
        for _ in range(2):
            verdict = impatient.check(sealed)
            assert verdict.outcome == Outcome.REFUSED
            assert words_of(verdict) == TOO_MUCH


def test_a_process_that_died_is_started_again(sealed: bytes, known: Known) -> None:
    with Checker(known) as checking:
        assert checking.check(sealed).outcome == Outcome.SEALED
        assert checking._process
        checking._process.kill()
        checking._process.wait()
        assert checking.check(sealed).outcome == Outcome.SEALED


def test_the_process_has_little_memory_and_no_secrets(sealed: bytes, known: Known) -> None:
    with Checker(known) as checking:
        checking.check(sealed)
        assert checking._process
        about = Path(f"/proc/{checking._process.pid}")
        limits = (about / "limits").read_text().splitlines()
        environment = (about / "environ").read_text().split("\0")
    (line,) = (line for line in limits if line.startswith("Max address space"))
    names = {each.partition("=")[0] for each in environment if each}
    assert int(line.split()[3]) == 768 * 1024 * 1024
    assert names <= {"PATH", "LANG"}
