"""Slow work of this room."""

from typing import Any

from django.core.exceptions import ValidationError

from documents.registry import JobFailed, Outcome, RunningJob, handles
from programmes.actions.uploads import KIND, invitations_at, run_upload
from programmes.models import ProgrammeImport


def _programme_of(subject: Any) -> Any:
    return subject.programme if isinstance(subject, ProgrammeImport) else None


@handles(KIND, title="Import of a programme", needs="programmes.view_import", scope=_programme_of)
def import_upload(job: RunningJob) -> Outcome:
    """Check an uploaded file, or save it. The row keeps what came of it; the page shows the row."""
    row, by = job.subject, job.requested_by
    assert isinstance(row, ProgrammeImport)
    if by is None or not by.has_perm("programmes.import_programme"):
        raise JobFailed("Whoever asked for this may no longer import programmes.")
    try:
        row = run_upload(
            programme_import=row,
            save=bool(job.parameters["save"]),
            by=by,
            link=invitations_at(job.parameters["site"]),
            progress=job.progress,
        )
    except ValidationError as reason:
        raise JobFailed(" ".join(reason.messages)) from reason
    return Outcome(result={"sentence": _sentence(row), "next_page": row.get_absolute_url()})


def _sentence(row: ProgrammeImport) -> str:
    if row.saved_at:
        return f"{row.file_name} was imported."
    if row.fault_count:
        return f"{row.file_name} has faults, so nothing was saved."
    return f"{row.file_name} has no faults."
