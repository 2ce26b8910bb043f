"""Files that people upload to be imported: kept, checked by a worker, and saved when they say so."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from urllib.parse import urljoin

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from accounts.models import Person
from accounts.secret_links import Link
from documents.actions.jobs import request_job
from documents.files import keep
from documents.models import Job
from documents.queries.jobs import jobs_about
from programmes.actions.imports import Report, check_import, import_programme
from programmes.importing.faults import Fault, Faults, Refused
from programmes.importing.grids import Progress
from programmes.importing.opening import Opened, bundled, read, refuse_at_sight
from programmes.importing.sheets import known_headings
from programmes.models import ProgrammeImport

KIND = "programmes.import"
KEPT_FOR = timedelta(days=30)

Upload = tuple[str, bytes]  # file name and content


@transaction.atomic
def upload(*, files: Sequence[Upload], by: Person, site: str) -> ProgrammeImport:
    """Keep a workbook, a zip or several CSV files, and ask for it to be checked.

    `site` is the address at which people reach us, for the links of invitations.
    """
    name, content = files[0] if len(files) == 1 else _as_one(files)
    try:
        refuse_at_sight(name, content)
    except Refused as reason:
        raise ValidationError(str(reason)) from reason
    kept = keep(content, folder="imports")
    row = ProgrammeImport.objects.create(
        file=kept.name,
        file_name=name[:200],
        sha256=kept.sha256,
        uploaded_by=by,
        uploaded_by_name=str(by),
    )
    _ask(row, by=by, site=site, save=False)
    return row


def _as_one(files: Sequence[Upload]) -> Upload:
    names = [name for name, _ in files]
    if not all(name.lower().endswith((".csv", ".txt", ".md")) for name in names):
        raise ValidationError(
            "Choose one workbook or one zip file, or several CSV files with their texts."
        )
    if len(set(names)) < len(names):
        raise ValidationError("Two of the files have the same name. Choose each file once.")
    return f"{len(files)} files.zip", bundled(list(files))


@transaction.atomic
def check_again(*, programme_import: ProgrammeImport, by: Person, site: str) -> Job:
    """Ask for another check, after a first that could not be finished, or when things have changed."""
    row = ProgrammeImport.objects.select_for_update().get(pk=programme_import.pk)
    if row.saved_at:
        raise ValidationError("This file was imported. Upload it again to check it again.")
    return _ask(row, by=by, site=site, save=False)


@transaction.atomic
def save_upload(*, programme_import: ProgrammeImport, by: Person, site: str) -> Job:
    """Ask for a checked file to be saved. It is checked again then, as things may have changed."""
    row = ProgrammeImport.objects.select_for_update().get(pk=programme_import.pk)
    if not row.may_be_saved:
        raise ValidationError("Only a file without faults that changes something can be imported.")
    return _ask(row, by=by, site=site, save=True)


def _ask(row: ProgrammeImport, *, by: Person, site: str, save: bool) -> Job:
    if (running := latest_job(row)) and not running.is_finished:
        return running  # a second click
    return request_job(KIND, by=by, subject=row, parameters={"save": save, "site": site})


def invitations_at(site: str) -> Link:
    """Makes the whole address of an invitation's page from its secret."""
    return lambda token: urljoin(site, reverse("accounts:invitation", args=[token]))


def latest_job(programme_import: ProgrammeImport) -> Job | None:
    return jobs_about(programme_import, kinds=[KIND]).first()


def run_upload(
    *, programme_import: ProgrammeImport, save: bool, by: Person, link: Link, progress: Progress
) -> ProgrammeImport:
    """Check the kept file and, if asked to, save it. What was saved once is not saved again."""
    with transaction.atomic():
        row = ProgrammeImport.objects.select_for_update().get(pk=programme_import.pk)
        if row.saved_at:
            return row
        opened = _opened(row)
        if isinstance(opened, Faults):
            report = Report(opened, [])
        elif save:
            report = import_programme(
                opened, file_name=row.file_name, by=by, link=link, progress=progress
            )
        else:
            report = check_import(opened, by=by, link=link, progress=progress)
        _note(row, report)
    return row


def _opened(row: ProgrammeImport) -> Opened | Faults:
    if not row.file or not default_storage.exists(row.file):
        raise ValidationError(
            "This file is no longer kept. Upload it again: nothing of it was saved."
        )
    with default_storage.open(row.file) as file:
        content = file.read()
    try:
        return read(row.file_name, content, known_headings())
    except Refused as reason:
        faults = Faults()
        faults.add("", 0, "", str(reason))
        return faults


def _note(row: ProgrammeImport, report: Report) -> None:
    """Keep what came of it with the file."""
    row.faults = _as_rows(report.faults.shown)
    row.fault_count = report.faults.total
    row.warnings = _as_rows(report.faults.warnings)
    row.counts = report.counts
    row.programme = report.programme
    row.checked_at = timezone.now()
    if report.is_saved:
        row.saved_at = row.checked_at
        _forget_file(row)
    row.save()


def _as_rows(faults: list[Fault]) -> list[dict[str, object]]:
    return [asdict(fault) for fault in faults]


def delete_old_imports() -> int:
    """Uploads that nobody imported: a file may hold what people said, so it is not kept for long."""
    old = ProgrammeImport.objects.filter(
        saved_at=None, uploaded_at__lt=timezone.now() - KEPT_FOR
    ).select_for_update()
    with transaction.atomic():
        rows = list(old)
        for row in rows:
            _forget_file(row)
            row.delete()
    return len(rows)


def _forget_file(row: ProgrammeImport) -> None:
    """Delete the file after commit, unless the same content was uploaded again and is needed."""
    name, row.file = row.file, ""

    def delete() -> None:
        if not ProgrammeImport.objects.filter(file=name).exists():
            default_storage.delete(name)

    transaction.on_commit(delete)
