"""From the last signature to a version in force: one seal, or a truthful “not sealed yet”."""

import io
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from random import Random
from types import SimpleNamespace

import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.db import connection
from pyhanko.pdf_utils.reader import PdfFileReader
from pytest_django.fixtures import Settings

from accounts.models import OutgoingMail
from documents.actions.jobs import run_job
from documents.actions.seal_keys import make_seal_key
from documents.models import Job, SealCertificate, SealedFile
from documents.queries.seals import known_certificates
from documents.sealing.checking import check
from documents.sealing.verdict import Outcome
from programmes.actions.mou.chain import broken_at
from programmes.actions.mou.outstanding import void
from programmes.actions.mou.sealing import KIND, put_in_force, seal_version, see_to_the_unsealed
from programmes.actions.mou.versions import begin_version
from programmes.actions.mou.wordings import propose_wording, take_in
from programmes.manuscripts.mou import AGREED_FILE, TRAIL_FILE
from programmes.models import MOUVersion, VersionChange, VersionState
from programmes.mou_text import digest
from tests.documents.accessible import text
from tests.documents.sealing.test_timestamps import timestamp_server
from tests.programmes.mou.agreeing import Agreement, agreement, code_for, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def key(settings: Settings, tmp_path: Path) -> SealCertificate:
    settings.SEAL_KEYS = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "files"
    return make_seal_key(organisation="Better Winters")


@pytest.fixture
def complete() -> Agreement:
    """Signed by both parties, and not sealed yet."""
    return all_signed(agreement(parties=2))


def all_signed(made: Agreement) -> Agreement:
    made.send()
    for place in range(1, len(made.parties) + 1):
        signed(made.signatory(place))
    return made


def job_of(made: Agreement) -> Job:
    return Job.objects.filter(kind=KIND, subject_id=made.version.pk).latest("pk")


def content_of(sealed: SealedFile) -> bytes:
    with default_storage.open(sealed.file) as file:
        content: bytes = file.read()
    return content


@pytest.mark.usefixtures("key")
class TestWithAKey:
    def test_the_last_signature_asks_for_the_seal_and_the_worker_puts_it_in_force(
        self, complete: Agreement
    ) -> None:
        assert complete.version.state == VersionState.SIGNED
        run_job(job_of(complete).pk)
        version = complete.version
        assert (version.state, job_of(complete).status) == (VersionState.SEALED, Job.Status.DONE)
        assert version.sealed
        assert version.sealed.reference == complete.signing.reference
        verdict = check(content_of(version.sealed), known_certificates())
        assert verdict.outcome == Outcome.SEALED

    def test_the_chain_is_verified_from_the_file_alone(self, complete: Agreement) -> None:
        sealed = seal_version(complete.version)
        assert signed_in(content_of(sealed)) == ["Signer 1", "Signer 2"]

    def test_done_twice_it_is_sealed_once(self, complete: Agreement) -> None:
        assert seal_version(complete.version) == seal_version(complete.version)
        assert SealedFile.objects.count() == 1
        assert VersionChange.objects.filter(new=VersionState.SEALED).count() == 1

    def test_a_worker_that_died_after_the_seal_goes_on_from_there(
        self, complete: Agreement, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("programmes.actions.mou.sealing.put_in_force", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            seal_version(complete.version)
        assert complete.version.state == VersionState.SIGNED
        monkeypatch.undo()
        assert seal_version(complete.version) == SealedFile.objects.get()
        assert complete.version.state == VersionState.SEALED

    def test_all_are_told_once_with_the_reference(self, complete: Agreement) -> None:
        sealed = seal_version(complete.version)
        put_in_force(complete.version, sealed)
        mails = OutgoingMail.objects.filter(subject__startswith="Signed by all")
        assert mails.count() == 4  # two signatories, and two who speak for a party
        assert all(sealed.reference in mail.text for mail in mails)

    def test_a_later_version_supersedes_the_one_before(self, complete: Agreement) -> None:
        first = seal_version(complete.version)
        begin_version(mou=complete.mou, by=complete.staff)
        wording = propose_wording(
            mou=complete.mou,
            clause=complete.clause("learning"),
            heading="Learning",
            text="We learn.",
            by=complete.staff,
        )
        take_in(wording=wording, by=complete.staff)
        second = seal_version(all_signed(complete).version)
        states = complete.mou.versions.order_by("number").values_list("state", flat=True)
        assert list(states) == [VersionState.SUPERSEDED, VersionState.SEALED]
        first.refresh_from_db()
        assert first.superseded_by == second
        assert check(content_of(first), known_certificates()).outcome == Outcome.SEALED

    def test_a_trusted_time_that_is_asked_for_is_never_left_out(
        self, complete: Agreement, settings: Settings
    ) -> None:
        with timestamp_server() as gone:
            pass
        settings.SEAL_TIMESTAMP_URL = gone
        run_job(job_of(complete).pk)
        assert complete.version.state == VersionState.SIGNED
        assert "did not answer" in job_of(complete).error_for_people
        with timestamp_server() as settings.SEAL_TIMESTAMP_URL:
            sealed = content_of(seal_version(complete.version))
        (signature,) = PdfFileReader(io.BytesIO(sealed)).embedded_signatures
        added = [each["type"].native for each in signature.signer_info["unsigned_attrs"]]
        assert added == ["signature_time_stamp_token"]
        words = " ".join(text(sealed).split())
        assert "vouched for by a timestamp authority (RFC 3161)" in words
        assert "no trusted timestamp" not in words

    def test_what_was_voided_meanwhile_is_not_sealed(self, complete: Agreement) -> None:
        void(signing=complete.signing, reason="Stopped", by=complete.staff)
        run_job(job_of(complete).pk)
        assert job_of(complete).status == Job.Status.FAILED
        assert not SealedFile.objects.exists()


def test_without_a_key_it_says_so_and_is_tried_again(
    settings: Settings, tmp_path: Path, complete: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.SEAL_KEYS = tmp_path / "keys"
    settings.MEDIA_ROOT = tmp_path / "files"
    first = job_of(complete)
    run_job(first.pk)
    first.refresh_from_db()
    assert (first.status, complete.version.state) == (Job.Status.FAILED, VersionState.SIGNED)
    assert "no key that can seal" in first.error_for_people

    assert see_to_the_unsealed() == 1  # too soon to try again, or to tell staff
    assert job_of(complete) == first
    for name in ("AGAIN_AFTER", "TELL_STAFF_AFTER"):  # as if they were over
        monkeypatch.setattr(f"programmes.actions.mou.sealing.{name}", timedelta(0))
    see_to_the_unsealed()
    see_to_the_unsealed()
    told = OutgoingMail.objects.filter(subject__startswith="Signed, and not sealed yet")
    assert [mail.to for mail in told] == [complete.staff.email]
    assert "no key that can seal" in told[0].text

    make_seal_key(organisation="Better Winters")
    second = job_of(complete)
    assert second != first
    run_job(second.pk)
    assert complete.version.state == VersionState.SEALED
    assert see_to_the_unsealed() == 0


def test_staff_are_told_after_five_minutes_and_not_before(
    complete: Agreement, monkeypatch: pytest.MonkeyPatch
) -> None:
    signed_at = VersionChange.objects.get(new=VersionState.SIGNED).changed_at
    told = OutgoingMail.objects.filter(subject__startswith="Signed, and not sealed yet")
    for minutes, mails in ((4.9, 0), (5.1, 1), (60, 1)):
        moment = signed_at + timedelta(minutes=minutes)
        clock = SimpleNamespace(now=lambda moment=moment: moment)
        monkeypatch.setattr("programmes.actions.mou.sealing.timezone", clock)
        see_to_the_unsealed()
        assert told.count() == mails
    assert "/signing/1/" in told.get().text


def test_a_full_disk_leaves_it_not_sealed_yet(
    key: SealCertificate, complete: Agreement, settings: Settings, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    settings.MEDIA_ROOT = tmp_path / "file"  # where nothing can be written
    run_job(job_of(complete).pk)
    assert complete.version.state == VersionState.SIGNED
    assert not SealedFile.objects.exists()
    settings.MEDIA_ROOT = tmp_path / "files"
    seal_version(complete.version)
    assert complete.version.state == VersionState.SEALED


def in_threads(many: int, work: Callable[[int], None]) -> None:
    """Each with its number and a connection of its own; raises what the first of them raised."""

    def run(number: int) -> None:
        try:
            work(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(many) as pool:
        list(pool.map(run, range(many)))


def signed_in(pdf: bytes) -> list[str]:
    """Who signed, recomputed from the file alone: the text, what each saw of it, and the chain."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        agreed = opened.attachments[AGREED_FILE].get_file().read_bytes().decode()
        trail = json.loads(opened.attachments[TRAIL_FILE].get_file().read_bytes())
    assert broken_at(trail["events"]) is None
    told = [json.loads(event["told"]) for event in trail["events"]]
    signatures = [each for each in told if each["what"] == "signed"]
    assert {each["text_sha256"] for each in signatures} == {digest(agreed)}
    assert told[-1]["what"] == "all have signed"
    return [each["who"] for each in signatures]


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_hundred_signers_at_random_give_fifty_seals(key: SealCertificate) -> None:
    """Of fifty MOUs with four parties each, through four threads: each sealed once."""
    agreements = [agreement(parties=4, clauses=["challenge"]) for _ in range(50)]
    for each in agreements:
        each.send()
    ready = [
        (signatory, code_for(signatory))
        for each in agreements
        for signatory in map(each.signatory, range(1, 5))
    ]
    Random(7).shuffle(ready)

    def sign_some(number: int) -> None:
        for signatory, code in ready[number::4]:
            signed(signatory, code)

    in_threads(4, sign_some)
    jobs = list(Job.objects.filter(kind=KIND).order_by("pk").values_list("pk", flat=True))
    assert len(jobs) == 50

    def seal_some(number: int) -> None:
        """Each message is delivered twice, to two workers at about the same time."""
        for pk in jobs[number % 2 :: 2]:
            run_job(pk)

    in_threads(4, seal_some)
    assert SealedFile.objects.count() == 50
    assert MOUVersion.objects.filter(state=VersionState.SEALED).count() == 50
    for sealed in SealedFile.objects.all():
        assert sorted(signed_in(content_of(sealed))) == [f"Signer {place}" for place in range(1, 5)]
