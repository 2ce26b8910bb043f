"""What needs an evaluator now: drafts and files to settle, case studies to review, quotes, evidence."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from accounts.models import Person
from accounts.queries.memberships import memberships_in
from accounts.roles import Role
from evaluation.models import CaseStudy, CaseStudyStatus, Draft, StatusChange, Upload
from evaluation.queries.missing_evidence import missing_evidence_of
from evaluation.queries.quotes import TouchedQuote, touched_quotes_in

_UNFINISHED = (
    CaseStudy.objects.filter(status__in=(CaseStudyStatus.DRAFT, CaseStudyStatus.IN_REVIEW))
    .select_related("project__place", "project__programme")
    .only("title", "type", "status", "project__place__name", "project__programme__name")
    .order_by("project__programme__name", "project__place__name", "pk")
)
_DRAFTS = (
    Draft.objects.select_related("section__dimension", "section__case_study__project__place")
    .only(
        "kept_at",
        "section__heading",
        "section__dimension__name",
        "section__case_study__project__place__name",
    )
    .order_by("kept_at")
)
# Files whose text is neither accepted nor discarded, without that text, which may be long.
_UPLOADS = (
    Upload.objects.select_related("project__place")
    .only("file_name", "uploaded_at", "project__place__name")
    .order_by("uploaded_at", "pk")
)
AT_ONCE = 10  # of each; the others follow as these are settled


@dataclass(frozen=True)
class Unsettled:
    """What one person began and neither kept nor discarded: one more than AT_ONCE, if there are more."""

    drafts: list[Draft]
    uploads: list[Upload]

    def __bool__(self) -> bool:
        return any(vars(self).values())


@dataclass(frozen=True)
class Lacking:
    """A case study in draft, and what evidence it lacks."""

    case_study: CaseStudy
    sentences: list[str]


@dataclass(frozen=True)
class Waiting:
    """Case studies that need somebody."""

    to_review: list[CaseStudy]
    touched: list[TouchedQuote]
    lacking: list[Lacking]

    def __bool__(self) -> bool:
        return any(vars(self).values())


def unsettled_of(person: Person) -> Unsettled:
    """Over all programmes that the person evaluates."""
    programmes = _evaluated_by(person)
    return Unsettled(
        drafts=list(_drafts(person, programmes)[: AT_ONCE + 1]),
        uploads=list(_uploads(person, programmes)[: AT_ONCE + 1]),
    )


def waiting_for(person: Person) -> Waiting:
    """Over all programmes that the person evaluates, in a constant number of queries."""
    programmes = _evaluated_by(person)
    unfinished = list(_unfinished(programmes))
    return Waiting(
        to_review=_to_review(person, unfinished),
        touched=touched_quotes_in(programmes),
        lacking=_lacking(unfinished),
    )


def _evaluated_by(person: Person) -> set[int]:
    return person.scope_ids("programmes.programme", Role.EVALUATOR)


def _unfinished(programmes: set[int]) -> QuerySet[CaseStudy]:
    return _UNFINISHED.filter(project__programme__in=programmes)


def _lacking(studies: Iterable[CaseStudy]) -> list[Lacking]:
    in_draft = [study for study in studies if study.is_draft]
    missing = missing_evidence_of(in_draft)
    return [Lacking(study, missing[study.pk]) for study in in_draft if missing[study.pk]]


def _drafts(person: Person, programmes: set[int]) -> QuerySet[Draft]:
    of_these = {"section__case_study__project__programme__in": programmes}
    return _DRAFTS.filter(person=person, **of_these)


def _uploads(person: Person, programmes: set[int]) -> QuerySet[Upload]:
    return _UPLOADS.filter(uploaded_by=person, project__programme__in=programmes)


def _to_review(person: Person, studies: Iterable[CaseStudy]) -> list[CaseStudy]:
    """Those in review that this person may approve: not their own, unless nobody else evaluates."""
    in_review = [study for study in studies if study.status == CaseStudyStatus.IN_REVIEW]
    own = _sent_by(person, in_review)
    with_others = _with_others(person, {study.project.programme_id for study in own})
    return [
        study
        for study in in_review
        if study not in own or study.project.programme_id not in with_others
    ]


def _sent_by(person: Person, in_review: list[CaseStudy]) -> list[CaseStudy]:
    """Those of these that the person was the last to send for review."""
    if not in_review:
        return []
    sent = StatusChange.objects.filter(case_study__in=in_review, new=CaseStudyStatus.IN_REVIEW)
    latest = sent.order_by("case_study", "-pk").distinct("case_study")
    senders = dict(latest.values_list("case_study", "changed_by"))
    return [study for study in in_review if senders.get(study.pk) == person.pk]


def _with_others(person: Person, programmes: set[int]) -> set[int]:
    """Those of these programmes that somebody else evaluates too."""
    if not programmes:
        return set()
    evaluators = memberships_in(Role.EVALUATOR, *programmes).filter(person__is_active=True)
    return set(evaluators.exclude(person=person).values_list("scope_id", flat=True))
