"""What everyone may read: published case studies whose every quote still stands, as their PDF."""

from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q

from documents.models import Job
from evaluation.models import CaseStudy, CaseStudyStatus
from evaluation.queries.quotes import all_quotes_stand

CASE_STUDY_PDF = "evaluation.case_study_pdf"
CASE_STUDY_WORD = "evaluation.case_study_word"

_PUBLISHED = (
    CaseStudy.objects.filter(all_quotes_stand(), status=CaseStudyStatus.PUBLISHED)
    .select_related("project__programme", "project__place")
    .only(
        "title",
        "revision",
        "project__slug",
        "project__focus",
        "project__is_invented",
        "project__place__name",
        "project__programme__name",
        "project__programme__slug",
        "project__programme__is_invented",
    )
    .order_by("project__programme__name", "project__place__name", "project__cohort__number")
)


@dataclass(frozen=True)
class Published:
    """A published case study and its PDF, if that is made already."""

    case_study: CaseStudy
    pdf: Job | None


def published(which: Q | None = None) -> list[Published]:
    """Published case studies by programme and place.

    One that quotes evidence withdrawn since is left out at once: whoever took back what they said
    need not wait until somebody has written a new revision.
    """
    studies = list(_PUBLISHED.filter(which or Q()))
    pdfs = _pdfs(studies)
    return [Published(study, pdfs.get((study.pk, study.revision))) for study in studies]


def _pdfs(studies: list[CaseStudy]) -> dict[tuple[int, int], Job]:
    """The latest PDF of each published revision, by case study and revision."""
    jobs = Job.objects.filter(
        kind=CASE_STUDY_PDF,
        subject_type=ContentType.objects.get_for_model(CaseStudy),
        subject_id__in=[study.pk for study in studies],
        status=Job.Status.DONE,
        parameters__status=CaseStudyStatus.PUBLISHED.value,
    )
    jobs = jobs.only("subject_id", "parameters", "result_file", "result_sha256", "result_size")
    return {(job.subject_id or 0, job.parameters["revision"]): job for job in jobs.order_by("pk")}
