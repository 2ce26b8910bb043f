"""From an uploaded file to evidence: stored, read, looked at, accepted or discarded."""

import uuid
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import timedelta
from pathlib import PurePath, PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts.models import Person
from documents.actions.jobs import request_job
from documents.files import keep
from evaluation.actions.evidence import Details, StoredFile, add_evidence, add_version
from evaluation.extraction import NotReadable, extract, is_slow
from evaluation.extraction.pdf import Progress
from evaluation.models import Evidence, TextVersion, Upload
from programmes.models import Project

READ = "evaluation.read_upload"
FOLDER = "evidence"
KEPT_FOR = timedelta(days=7)
WRITTEN_WITHIN = timedelta(days=1)
LONGEST_NAME = 200
GONE = "This file is no longer stored. Upload it again."


def upload(
    *,
    project: Project,
    file_name: str,
    content: bytes,
    details: Mapping[str, str],
    by: Person,
    evidence: Evidence | None = None,
) -> Upload:
    """Store a file and read it, at once or by a job if that takes long.

    Raises ValidationError on `file`, with nothing stored, if the file cannot be read.
    """
    limit = settings.UPLOAD_LIMIT_MB
    if len(content) > limit * 1024 * 1024:
        raise ValidationError({"file": f"Choose a file of at most {limit} MB."})
    try:
        slow = is_slow(file_name, content)
        extracted = None if slow else extract(file_name, content)
    except NotReadable as refusal:
        raise ValidationError({"file": str(refusal)}) from refusal
    # A folder of its own for each, so that discarding one never takes away another's file.
    kept = keep(content, folder=f"{FOLDER}/{uuid.uuid4()}")
    try:
        with transaction.atomic():
            row = Upload.objects.create(
                project=project,
                evidence=evidence,
                details=dict(details),
                file=kept.name,
                file_name=_shortened(file_name),
                file_sha256=kept.sha256,
                text=extracted.text if extracted else "",
                warnings=extracted.warnings if extracted else [],
                read_at=timezone.now() if extracted else None,
                uploaded_by=by,
                uploaded_by_name=str(by),
            )
            if slow:
                request_job(READ, by=by, subject=row)
    except BaseException:
        _forget(kept.name)
        raise
    return row


def read_upload(upload: Upload, progress: Progress) -> None:
    """Read the text of a stored file. Again gives the same; of a file that is gone, nothing."""
    if not default_storage.exists(upload.file):
        raise NotReadable(GONE)
    with default_storage.open(upload.file) as file:
        content = file.read()
    extracted = extract(upload.file_name, content, progress)
    # There is no row any more where somebody has discarded it meanwhile.
    Upload.objects.filter(pk=upload.pk).update(
        text=extracted.text, warnings=extracted.warnings, read_at=timezone.now()
    )


@transaction.atomic
def accept(
    *, upload: Upload, details: Details, text: str, by: Person, already_listed: bool = False
) -> Evidence:
    """Make an upload an item of evidence, with its text as it was put right."""
    upload = _waiting(upload)
    evidence = add_evidence(
        project=upload.project,
        **details,
        text=text,
        by=by,
        already_listed=already_listed,
        file=_stored(upload),
        warnings=upload.warnings,
    )
    upload.delete()
    return evidence


@transaction.atomic
def accept_version(*, upload: Upload, text: str, by: Person) -> TextVersion:
    """Make an upload the next version of the evidence that it was uploaded for."""
    upload = _waiting(upload)
    if upload.evidence is None:
        raise ValidationError("This file was not uploaded as a new version.")
    version = add_version(
        evidence=upload.evidence,
        text=text,
        by=by,
        file=_stored(upload),
        warnings=upload.warnings,
    )
    upload.delete()
    return version


@transaction.atomic
def discard(*, upload: Upload) -> None:
    """Remove an upload and its file. Nothing was evidence yet, so nothing is recorded."""
    upload = _waiting(upload)
    name = upload.file
    upload.delete()
    transaction.on_commit(lambda: _forget(name))


def sweep_uploads() -> None:
    """Discard what nobody accepted for a week, and files whose row was never written."""
    for row in Upload.objects.filter(uploaded_at__lt=timezone.now() - KEPT_FOR):
        with suppress(ValidationError):  # somebody was quicker
            discard(upload=row)
    for name in _stored_names(FOLDER):
        if _is_abandoned(name):
            _forget(name)


def _is_abandoned(name: str) -> bool:
    """No row names it, and no request that stored it can still be at work."""
    if default_storage.get_modified_time(name) > timezone.now() - WRITTEN_WITHIN:
        return False
    named = Upload.objects.filter(file=name).exists()
    return not named and not TextVersion.objects.filter(file=name).exists()


def _stored_names(folder: str) -> Iterator[str]:
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:  # nothing was ever uploaded
        return
    yield from (f"{folder}/{name}" for name in names)
    for each in folders:
        yield from _stored_names(f"{folder}/{each}")


def _forget(name: str) -> None:
    """Delete a file, and the folders that only it was in."""
    path = PurePosixPath(name)
    for each in (path, *list(path.parents)[:-2]):
        default_storage.delete(str(each))


def same_file(upload: Upload) -> TextVersion | None:
    """The version in the same project that came from a file with the very same content."""
    return (
        TextVersion.objects.filter(
            evidence__project=upload.project_id, file_sha256=upload.file_sha256
        )
        .select_related("evidence")
        .only("evidence__number")
        .order_by("evidence__number", "number")
        .first()
    )


def _waiting(upload: Upload) -> Upload:
    """The row, held, so that two people accepting it make one item of it."""
    row = Upload.objects.select_for_update(of=["self"]).select_related(
        "project", "evidence__project"
    )
    found = row.filter(pk=upload.pk).first()
    if found is None:
        raise ValidationError("This file was accepted or discarded already.")
    return found


def _stored(upload: Upload) -> StoredFile:
    return StoredFile(upload.file, upload.file_name, upload.file_sha256)


def _shortened(file_name: str) -> str:
    """Names may be longer than a column; the end says what kind of file it is."""
    suffix = PurePath(file_name).suffix[:20]
    return file_name if len(file_name) <= LONGEST_NAME else file_name[: LONGEST_NAME - 20] + suffix
