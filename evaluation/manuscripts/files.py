"""Documents as files: the same for jobs, pages and commands."""

from collections.abc import Callable

from documents.manuscript import Manuscript, as_pdf, as_word
from evaluation.models import CaseStudy
from programmes.models import Cohort, Programme

FORMATS: dict[str, Callable[[Manuscript], bytes]] = {"pdf": as_pdf, "docx": as_word}


def case_study_file_name(case_study: CaseStudy, suffix: str) -> str:
    return f"case-study-{case_study.project.slug}.{suffix}"


def report_file_name(programme: Programme, cohort: Cohort | None, suffix: str) -> str:
    of_cohort = f"-cohort-{cohort.number}" if cohort else ""
    return f"evaluation-report-{programme.slug}{of_cohort}.{suffix}"
