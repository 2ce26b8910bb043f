"""The slow work of this room, each kind as `documents` runs it."""

from collections.abc import Callable
from typing import Any

from documents.manuscript import Manuscript
from documents.registry import JobFailed, Outcome, RunningJob, handles
from evaluation.actions.demonstration_mou import GO_ON, go_on_with_mou
from evaluation.actions.uploads import READ, read_upload
from evaluation.extraction import NotReadable
from evaluation.manuscripts.case_study import Edition, case_study_manuscript
from evaluation.manuscripts.files import FORMATS, case_study_file_name, report_file_name
from evaluation.manuscripts.report import report_manuscript
from evaluation.models import CaseStudy, Upload
from evaluation.queries.published import CASE_STUDY_PDF, CASE_STUDY_WORD
from evaluation.queries.report import report
from programmes.models import Cohort, Programme, Project

REPORT_PDF = "evaluation.report_pdf"
REPORT_WORD = "evaluation.report_word"
CASE_STUDY_KINDS = {"pdf": CASE_STUDY_PDF, "docx": CASE_STUDY_WORD}
REPORT_KINDS = {"pdf": REPORT_PDF, "docx": REPORT_WORD}


def _programme_of(row: CaseStudy | Upload) -> Programme:
    return row.project.programme


def _itself(programme: Programme) -> Programme:
    return programme


@handles(
    CASE_STUDY_PDF,
    title="Case study as PDF",
    needs="evaluation.download_case_study",
    scope=_programme_of,
)
def case_study_pdf(job: RunningJob) -> Outcome:
    return _case_study(job, "pdf")


@handles(
    CASE_STUDY_WORD,
    title="Case study as Word",
    needs="evaluation.download_case_study",
    scope=_programme_of,
)
def case_study_word(job: RunningJob) -> Outcome:
    return _case_study(job, "docx")


@handles(
    REPORT_PDF, title="Evaluation report as PDF", needs="evaluation.view_report", scope=_itself
)
def report_pdf(job: RunningJob) -> Outcome:
    return _report(job, "pdf")


@handles(
    REPORT_WORD, title="Evaluation report as Word", needs="evaluation.view_report", scope=_itself
)
def report_word(job: RunningJob) -> Outcome:
    return _report(job, "docx")


@handles(
    READ, title="Text of an uploaded file", needs="evaluation.change_evidence", scope=_programme_of
)
def read_uploaded_file(job: RunningJob) -> Outcome:
    """Read a long PDF. Its text goes to the upload's row, never into the job."""
    upload = job.subject
    assert isinstance(upload, Upload)
    try:
        read_upload(upload, lambda done, of: job.progress(done, of, "Reading pages"))
    except NotReadable as refusal:
        raise JobFailed(str(refusal)) from refusal
    return Outcome(
        result={"sentence": "Look at the text now.", "next_page": upload.get_absolute_url()}
    )


def _case_study(job: RunningJob, suffix: str) -> Outcome:
    case_study = job.subject
    assert isinstance(case_study, CaseStudy)
    edition = Edition(**job.parameters)
    return _made(
        job,
        lambda: case_study_manuscript(case_study, edition),
        suffix,
        case_study_file_name(case_study, suffix),
        {"revision": edition.revision},
    )


def _report(job: RunningJob, suffix: str) -> Outcome:
    programme = job.subject
    assert isinstance(programme, Programme)
    cohort = _cohort(programme, job.parameters.get("cohort"))
    return _made(
        job,
        lambda: report_manuscript(report(programme, cohort)),
        suffix,
        report_file_name(programme, cohort, suffix),
        {},
    )


def _cohort(programme: Programme, number: int | None) -> Cohort | None:
    if number is None:
        return None
    cohort = programme.cohorts.filter(number=number).first()
    if cohort is None:
        raise JobFailed(f"{programme} has no cohort {number} any more.")
    return cohort


def _made(
    job: RunningJob,
    write: Callable[[], Manuscript],
    suffix: str,
    file_name: str,
    result: dict[str, Any],
) -> Outcome:
    job.progress(0, 2, "Reading the evidence")
    manuscript = write()
    job.progress(1, 2, "Setting the pages")
    content = FORMATS[suffix](manuscript)
    job.progress(2, 2, "Storing the file")
    return Outcome(content, file_name, result)


def _of_project(project: Project) -> Programme:
    return project.programme


@handles(
    GO_ON, title="MOU of the demonstration", needs="programmes.view_project", scope=_of_project
)
def demonstration_mou(job: RunningJob) -> Outcome:
    """Seals it, and does what its invented partners do next."""
    project = job.subject
    assert isinstance(project, Project)
    go_on_with_mou(project)
    return Outcome(result={"sentence": "Its second version is being written."})
