"""What needs an evaluator now: drafts and files to settle, case studies to review, quotes, evidence."""

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery

from accounts.models import Membership, Person
from accounts.roles import Role
from evaluation.models import CaseStudy, CaseStudyStatus, Draft, StatusChange, Upload
from evaluation.queries.case_studies import NOT_SHOWN
from evaluation.queries.missing_evidence import missing_evidence_of
from evaluation.queries.quotes import TouchedQuote, touched_quotes


@dataclass(frozen=True)
class Lacking:
    """A case study in draft, and what evidence it lacks."""

    case_study: CaseStudy
    sentences: list[str]


AT_ONCE = 10  # drafts; the others follow as these are settled


@dataclass(frozen=True)
class Waiting:
    drafts: list[Draft]
    uploads: list[Upload]
    to_review: list[CaseStudy]
    touched: list[TouchedQuote]
    lacking: list[Lacking]

    def __bool__(self) -> bool:
        return any(vars(self).values())


def waiting_for(person: Person) -> Waiting:
    """Over all programmes that the person evaluates, in a constant number of queries."""
    programmes = person.scope_ids("programmes.programme", Role.EVALUATOR)
    studies = list(_case_studies(programmes))
    in_draft = [study for study in studies if study.is_draft]
    missing = missing_evidence_of(in_draft)
    return Waiting(
        drafts=list(_drafts(person, programmes)[:AT_ONCE]),
        uploads=list(_uploads(person, programmes)),
        to_review=_to_review(person, programmes, studies),
        touched=touched_quotes(studies),
        lacking=[Lacking(study, missing[study.pk]) for study in in_draft if missing[study.pk]],
    )


def _case_studies(programmes: set[int]) -> QuerySet[CaseStudy]:
    sent = StatusChange.objects.filter(
        case_study=OuterRef("pk"), new=CaseStudyStatus.IN_REVIEW
    ).order_by("-pk")
    return (
        CaseStudy.objects.filter(project__programme__in=programmes)
        .select_related("project__place", "project__programme")
        .annotate(sent_by=Subquery(sent.values("changed_by")[:1]))
        .defer(*NOT_SHOWN)
        .order_by("project__programme__name", "project__place__name", "pk")
    )


def _drafts(person: Person, programmes: set[int]) -> QuerySet[Draft]:
    return (
        Draft.objects.filter(person=person, section__case_study__project__programme__in=programmes)
        .select_related("section__dimension", "section__case_study__project__place")
        .order_by("kept_at")
    )


def _uploads(person: Person, programmes: set[int]) -> QuerySet[Upload]:
    """Files whose text is neither accepted nor discarded, without that text, which may be long."""
    return (
        Upload.objects.filter(uploaded_by=person, project__programme__in=programmes)
        .select_related("project__place")
        .defer("text", "details", "warnings")
        .order_by("uploaded_at", "pk")
    )


def _to_review(person: Person, programmes: set[int], studies: list[CaseStudy]) -> list[CaseStudy]:
    """Those in review that this person may approve: not their own, unless nobody else evaluates."""
    with_others = set(
        Membership.objects.filter(
            role=Role.EVALUATOR,
            scope_type__app_label="programmes",
            scope_type__model="programme",
            scope_id__in=programmes,
            person__is_active=True,
        )
        .exclude(person=person)
        .values_list("scope_id", flat=True)
    )
    return [
        study
        for study in studies
        if study.status == CaseStudyStatus.IN_REVIEW
        and (vars(study)["sent_by"] != person.pk or study.project.programme_id not in with_others)
    ]
