"""Slow work of this room."""

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError

from documents.manuscript import as_pdf
from documents.registry import JobFailed, Outcome, RunningJob, handles
from programmes.actions.handing_in import RECEIPT
from programmes.actions.minutes import MINUTES, lets_read
from programmes.actions.mou.reading import TO_READ
from programmes.actions.mou.sealing import KIND as SEAL_MOU
from programmes.actions.mou.sealing import seal_version
from programmes.actions.uploads import KIND, invitations_at, run_upload
from programmes.manuscripts.minutes import minutes
from programmes.manuscripts.mou import reading_manuscript
from programmes.manuscripts.receipt import receipt
from programmes.models import Call, MOUVersion, ProgrammeImport, Submission
from programmes.queries.board import board_for
from programmes.queries.lots import draws_of
from programmes.queries.recusals import closed_to


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


def _programme_of_call(subject: Any) -> Any:
    return subject.cohort.programme if isinstance(subject, Call) else None


@handles(
    MINUTES,
    title="Minutes of the panel meeting",
    needs="programmes.view_board",
    scope=_programme_of_call,
    lets=lets_read,
)
def minutes_pdf(job: RunningJob) -> Outcome:
    """The board as it stands for whoever asked, if what they may see is still what it was then."""
    call, by = job.subject, job.requested_by
    assert isinstance(call, Call)
    if by is None or not by.has_perm("programmes.view_board", call):
        raise JobFailed("Whoever asked for this may no longer see the board.")
    if sorted(closed_to(by, call)) != job.parameters["closed"]:
        raise JobFailed("What you may see has changed meanwhile. Ask for the minutes again.")
    job.progress(0, 2, "Ranking the applications")
    on = date.fromisoformat(job.parameters["on"])
    manuscript = minutes(board_for(by, call), draws_of(call), on=on)
    job.progress(1, 2, "Setting the pages")
    content = as_pdf(manuscript)
    job.progress(2, 2, "Storing the file")
    cohort = call.cohort
    return Outcome(content, f"minutes-{cohort.programme.slug}-cohort-{cohort.number}.pdf")


def _programme_of_submission(subject: Any) -> Any:
    return subject.application.call.cohort.programme if isinstance(subject, Submission) else None


@handles(
    RECEIPT,
    title="Receipt of an application",
    needs="programmes.download_receipt",
    scope=_programme_of_submission,
)
def receipt_pdf(job: RunningJob) -> Outcome:
    """A submission never changes, so its receipt is always the same."""
    submission = job.subject
    assert isinstance(submission, Submission)
    job.progress(1, 2, "Setting the pages")
    content = as_pdf(receipt(submission))
    return Outcome(content, f"receipt-{submission.application.reference.lower()}.pdf")


def _programme_of_version(subject: Any) -> Any:
    return subject.mou.project.programme if isinstance(subject, MOUVersion) else None


@handles(TO_READ, title="MOU to read", needs="programmes.view_mou", scope=_programme_of_version)
def mou_to_read(job: RunningJob) -> Outcome:
    """What was sent never changes, so this is always the same."""
    version = job.subject
    assert isinstance(version, MOUVersion)
    job.progress(1, 2, "Setting the pages")
    signing = version.signing
    content = as_pdf(reading_manuscript(signing))
    return Outcome(content, f"{signing.reference.lower()}-not-signed-yet.pdf")


@handles(SEAL_MOU, title="Sealed MOU", needs="programmes.view_mou", scope=_programme_of_version)
def seal_mou(job: RunningJob) -> Outcome:
    """What all have signed, sealed once. The version's row names the file, and not the job's."""
    version = job.subject
    assert isinstance(version, MOUVersion)
    job.progress(0, 1, "Setting the pages and sealing them")
    sealed = seal_version(version)
    return Outcome(result={"sentence": f"Sealed. Its reference is {sealed.reference}."})
