"""Lists of this room, each declared once for its page and its files."""

from collections.abc import Callable
from typing import Any

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Greatest, Lower

from documents.tables import Column, Empty, Table, choice
from evaluation.models import (
    CaseStudy,
    CaseStudyStatus,
    CaseStudyType,
    SectionRevision,
    StatusChange,
)
from evaluation.queries.missing_evidence import QUANTITIES, missing_from
from programmes.models import Programme

_SAVED = (
    SectionRevision.objects.filter(section__case_study=OuterRef("pk"))
    .order_by()
    .values("section__case_study")
    .annotate(latest=Max("saved_at"))
    .values("latest")
)
_CHANGED = (
    StatusChange.objects.filter(case_study=OuterRef("pk"))
    .order_by()
    .values("case_study")
    .annotate(latest=Max("changed_at"))
    .values("latest")
)


_SHOWN = CaseStudy.objects.only("title", "type", "status", "revision").annotate(
    place=F("project__place__name"),
    cohort=F("project__cohort__number"),
    changed=Greatest("created_at", Subquery(_SAVED), Subquery(_CHANGED)),
    quantities=QUANTITIES,
)


def case_studies_of(programme: Programme) -> QuerySet[CaseStudy]:
    """Its case studies with `place`, `cohort`, `changed`, and at hand what their evidence is."""
    return _SHOWN.filter(project__programme=programme)


def _shown(name: str) -> Callable[[CaseStudy], Any]:
    return lambda study: vars(study)[name]


def _missing(case_study: CaseStudy) -> str:
    return "\n".join(missing_from(case_study))


CASE_STUDIES: Table[CaseStudy] = Table(
    noun="case study",
    nouns="case studies",
    columns=[
        Column(
            "place",
            "Place",
            _shown("place"),
            link=lambda study: study.get_absolute_url(),
            sort=[Lower("place"), "cohort"],
        ),
        Column(
            "cohort",
            "Cohort",
            _shown("cohort"),
            sort=["cohort", Lower("place")],
            is_number=True,
        ),
        Column("title", "Title", lambda study: study.title, sort=[Lower("title")], on_page=False),
        Column("type", "Type", lambda study: CaseStudyType(study.type).label, sort=["type"]),
        Column(
            "status", "Status", lambda study: CaseStudyStatus(study.status).label, sort=["status"]
        ),
        Column("missing", "Evidence to add", _missing),
        Column("changed", "Last change", _shown("changed"), sort=["changed"]),
        Column("revision", "Revision", lambda study: study.revision, is_number=True, on_page=False),
    ],
    sort="place",
    empty=Empty("No case study has been started. Start one from the page of its project."),
    filters=[
        choice("status", "Status", lambda: CaseStudyStatus.choices),
        choice("type", "Type", lambda: CaseStudyType.choices),
    ],
)
