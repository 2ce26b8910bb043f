"""Asking for documents. A worker makes them; each is of the text as it stands now."""

from dataclasses import asdict

from accounts.models import Person
from documents.actions.jobs import request_job
from documents.models import Job
from evaluation.jobs import CASE_STUDY_KINDS, REPORT_KINDS
from evaluation.manuscripts.case_study import Edition
from evaluation.models import CaseStudy
from programmes.models import Cohort, Programme


def request_case_study(*, case_study: CaseStudy, suffix: str, by: Person) -> Job:
    edition = Edition.now(case_study)
    return request_job(
        CASE_STUDY_KINDS[suffix], by=by, subject=case_study, parameters=asdict(edition)
    )


def request_report(
    *, programme: Programme, suffix: str, by: Person, cohort: Cohort | None = None
) -> Job:
    return request_job(
        REPORT_KINDS[suffix],
        by=by,
        subject=programme,
        parameters={"cohort": cohort.number if cohort else None},
    )
