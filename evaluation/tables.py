"""Lists of this room, each declared once for its page and its files."""

from datetime import datetime

from django.db.models import F, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, Greatest, Lower

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


def case_studies_of(programme: Programme) -> QuerySet[CaseStudy]:
    """Its case studies with `changed`, and at hand what their evidence is."""
    created = F("created_at")
    return (
        CaseStudy.objects.filter(project__programme=programme)
        .select_related("project__place", "project__cohort")
        .only(
            "title", "type", "status", "revision", "project__place__name", "project__cohort__number"
        )
        .annotate(
            quantities=QUANTITIES,
            changed=Greatest(
                Coalesce(Subquery(_SAVED), created), Coalesce(Subquery(_CHANGED), created)
            ),
        )
    )


def _changed(case_study: CaseStudy) -> datetime:
    changed: datetime = vars(case_study)["changed"]
    return changed


def _missing(case_study: CaseStudy) -> str:
    return "\n".join(missing_from(case_study))


CASE_STUDIES: Table[CaseStudy] = Table(
    noun="case study",
    nouns="case studies",
    columns=[
        Column(
            "place",
            "Place",
            lambda study: study.project.place.name,
            link=lambda study: study.get_absolute_url(),
            sort=[Lower("project__place__name"), "project__cohort__number"],
        ),
        Column(
            "cohort",
            "Cohort",
            lambda study: study.project.cohort.number,
            sort=["project__cohort__number", Lower("project__place__name")],
            is_number=True,
        ),
        Column("title", "Title", lambda study: study.title, sort=[Lower("title")], on_page=False),
        Column("type", "Type", lambda study: study.get_type_display(), sort=["type"]),
        Column("status", "Status", lambda study: study.get_status_display(), sort=["status"]),
        Column("missing", "Evidence to add", _missing),
        Column("changed", "Last change", _changed, sort=["changed"]),
        Column("revision", "Revision", lambda study: study.revision, is_number=True, on_page=False),
    ],
    sort="place",
    empty=Empty("No case study has been started. Start one from the page of its project."),
    filters=[
        choice("status", "Status", lambda: CaseStudyStatus.choices),
        choice("type", "Type", lambda: CaseStudyType.choices),
    ],
)
