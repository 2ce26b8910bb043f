import os
import time
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.utils import timezone
from pytest_django.fixtures import Settings

from accounts.models import AuditEvent
from documents.actions.jobs import run_job
from documents.files import keep
from documents.models import Job
from evaluation.actions import uploads
from evaluation.actions.uploads import accept, accept_version, discard, sweep_uploads
from evaluation.models import Evidence, Upload
from evaluation.tasks import sweep_uploads as sweep_task
from programmes.models import Project
from tests import builders
from tests.evaluation.extraction import files

pytestmark = pytest.mark.django_db

DETAILS = {
    "kind": "interview",
    "title": "Talk",
    "collected_on": None,
    "speaker_role": "councillor",
    "speaker_place": "Dudley",
}
LONG = '<p style="break-after: page">Page' * 41


def upload(project: Project | None = None, content: bytes = b"We met.", **given: object) -> Upload:
    return uploads.upload(
        project=project or builders.project(),
        file_name=str(given.pop("file_name", "talk.txt")),
        content=content,
        details={"title": "Talk"},
        by=builders.person(),
        **given,  # type: ignore[arg-type]
    )


def stored() -> list[str]:
    def below(folder: str) -> list[str]:
        folders, names = default_storage.listdir(folder)
        return names + [name for each in folders for name in below(f"{folder}/{each}")]

    return below("evidence") if default_storage.exists("evidence") else []


@pytest.fixture(autouse=True)
def own_storage(settings: Settings, tmp_path: object) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_a_file_is_stored_and_read_but_no_evidence_yet() -> None:
    row = upload(content=b"caf\xe9 talk \xa35 \x93so\x94")
    assert row.text == "café talk £5 “so”"
    assert "was guessed" in row.warnings[0]
    with default_storage.open(row.file) as file:
        assert file.read() == b"caf\xe9 talk \xa35 \x93so\x94"
    assert not Evidence.objects.exists()


def test_accepting_makes_it_evidence_with_its_file() -> None:
    row = upload()
    evidence = accept(upload=row, details=DETAILS, text="We met.\r\nAgain.", by=builders.person())  # type: ignore[arg-type]
    version = evidence.latest_version()
    assert (evidence.project, version.text) == (row.project, "We met.\nAgain.")
    assert (version.file, version.file_name, version.file_sha256) == (
        row.file,
        "talk.txt",
        row.file_sha256,
    )
    assert not Upload.objects.exists()
    assert default_storage.exists(version.file)


def test_what_cannot_be_accepted_stays_as_it_was() -> None:
    row = upload()
    with pytest.raises(ValidationError):
        accept(upload=row, details=DETAILS, text=" ", by=builders.person())  # type: ignore[arg-type]
    assert Upload.objects.get() == row


def test_the_same_upload_is_accepted_once() -> None:
    row, by = upload(), builders.person()
    accept(upload=row, details=DETAILS, text="We met.", by=by)  # type: ignore[arg-type]
    row.pk = 1
    with pytest.raises(ValidationError, match="already"):
        accept(upload=row, details=DETAILS, text="We met.", by=by)  # type: ignore[arg-type]


def test_an_upload_may_be_the_next_version() -> None:
    evidence = builders.evidence()
    row = upload(evidence.project, evidence=evidence)
    version = accept_version(upload=row, text=row.text, by=builders.person())
    assert (version.evidence, version.number, version.text) == (evidence, 2, "We met.")
    with pytest.raises(ValidationError, match="not uploaded as a new version"):
        accept_version(upload=upload(), text="So", by=builders.person())


def test_discarding_leaves_nothing(django_capture_on_commit_callbacks: object) -> None:
    kept, row = upload(), upload()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        discard(upload=row)
    assert Upload.objects.get() == kept
    assert stored() == [kept.file.rsplit("/", 1)[-1]]
    assert len(default_storage.listdir("evidence")[0]) == 1


def test_what_lies_for_a_week_is_discarded(django_capture_on_commit_callbacks: object) -> None:
    fresh, old = upload(), upload()
    Upload.objects.filter(pk=old.pk).update(uploaded_at=timezone.now() - timedelta(days=8))
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        sweep_task()
    assert Upload.objects.get() == fresh
    assert len(stored()) == 1
    sweep_uploads()


def test_a_file_whose_row_was_never_written_is_swept_after_a_day() -> None:
    kept, left = upload(), keep(b"left", folder="evidence/crashed")
    recent = keep(b"recent", folder="evidence/under-way")
    long_ago = time.time() - 2 * 24 * 3600
    for name in (kept.file, left.name):
        os.utime(default_storage.path(name), (long_ago, long_ago))
    sweep_uploads()
    assert default_storage.exists(kept.file)
    assert default_storage.exists(recent.name)
    assert not default_storage.exists("evidence/crashed")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"x" * 1024 * 1025, "at most 1 MB"), (b"\x89PNG", "a picture"), (b"", "empty")],
)
def test_a_refused_file_is_not_stored(content: bytes, sentence: str, settings: Settings) -> None:
    settings.UPLOAD_LIMIT_MB = 1
    with pytest.raises(ValidationError, match=sentence):
        upload(content=content)
    assert stored() == []


def test_a_file_whose_row_cannot_be_saved_is_not_left_behind() -> None:
    with pytest.raises(ValueError, match="unsaved"):
        upload(Project())
    assert stored() == []


def test_a_long_pdf_is_read_by_a_job_whose_row_holds_none_of_it() -> None:
    row = upload(content=files.pdf(LONG), file_name="Interview with Ann.pdf")
    assert row.read_at is None
    job = Job.objects.get()
    run_job(job.pk)
    run_job(job.pk)
    row.refresh_from_db()
    job.refresh_from_db()
    assert row.text.startswith("Page\n\nPage")
    assert job.status == Job.Status.DONE
    assert job.next_page == f"/evaluation/uploads/{row.pk}/"
    told = str([list(Job.objects.values()), list(AuditEvent.objects.values())])
    assert "Ann" not in told
    assert "Page" not in str(job.result)


def test_a_long_pdf_whose_file_is_gone_fails_with_what_to_do() -> None:
    default_storage.delete(upload(content=files.pdf(LONG)).file)
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    assert "no longer stored" in job.error_for_people


def test_a_long_pdf_that_turns_out_unreadable_fails_with_what_to_do() -> None:
    row = upload(content=files.pdf('<p style="break-after: page">&nbsp;' * 41))
    job = Job.objects.get()
    run_job(job.pk)
    job.refresh_from_db()
    assert job.status == Job.Status.FAILED
    assert "no text" in job.error_for_people
    assert Upload.objects.get(pk=row.pk).read_at is None


def test_a_file_that_is_in_the_project_already_is_noticed() -> None:
    first = upload()
    evidence = accept(upload=first, details=DETAILS, text="We met.", by=builders.person())  # type: ignore[arg-type]
    again = upload(evidence.project)
    found = uploads.same_file(again)
    assert found is not None
    assert found.evidence == evidence
    assert uploads.same_file(upload()) is None


def test_a_long_file_name_keeps_its_end() -> None:
    row = upload(file_name=f"{'long' * 60}.txt")
    assert len(row.file_name) <= 200
    assert row.file_name.endswith(".txt")


def test_there_may_be_nothing_to_sweep() -> None:
    sweep_uploads()
    assert stored() == []
