"""The evidence and findings of a programme or cohort, as its evaluation report tells them."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Max, QuerySet
from django.db.models.functions import Lower

from evaluation.models import (
    CaseStudy,
    CaseStudyStatus,
    CaseStudyType,
    Evidence,
    SectionRevision,
    StatusChange,
)
from evaluation.queries.coding import Branch, evidence_by_dimension
from evaluation.queries.readings import Reading, ReadSection, read_all
from evaluation.queries.sources import Tally, sources_of_each, sums_of_sources
from programmes.models import Cohort, Dimension, Programme, Project


@dataclass(frozen=True)
class Site:
    """One case study in the report: its row of the table, and its text."""

    name: str  # the place, with the cohort where the place has more than one case study
    reading: Reading
    sources: list[Tally]
    is_only: bool  # in the report

    @property
    def case_study(self) -> CaseStudy:
        return self.reading.case_study

    @property
    def project(self) -> Project:
        return self.case_study.project

    def finding(self, dimension: Dimension) -> ReadSection | None:
        """What it found on a dimension, in whatever version of the lens it was written."""
        for each in self.reading.findings:
            written_on = each.section.dimension
            if written_on and each.is_written and _lasting(written_on) == _lasting(dimension):
                return each
        return None

    def called(self, reference: str) -> str:
        """A quote's reference in the report, where every place has its own Q1."""
        return reference if self.is_only else f"{self.name} {reference}"


@dataclass(frozen=True)
class Report:
    """Everything that the report says, read once."""

    programme: Programme
    cohort: Cohort | None
    sites: list[Site]
    sums: list[Tally]
    evidence: list[Branch]
    changed_at: datetime | None
    projects_without: int

    @property
    def types(self) -> list[tuple[CaseStudyType, int]]:
        found = Counter(site.case_study.type for site in self.sites)
        return [(type_, found[type_]) for type_ in CaseStudyType if found[type_]]

    @property
    def unfinished(self) -> list[Site]:
        finished = (CaseStudyStatus.APPROVED, CaseStudyStatus.PUBLISHED)
        return [site for site in self.sites if site.case_study.status not in finished]

    @property
    def touched(self) -> list[str]:
        """Quotes in findings that may no longer be used, each with its place and section."""
        return [
            f"{site.called(quote.reference)} in “{section}”"
            for site in self.sites
            for section, quote in site.reading.touched
            if section.dimension is not None
        ]

    @property
    def dimensions(self) -> list[Dimension]:
        """The frame's, then any that findings were written on before the programme changed its frame."""
        found = {_lasting(branch.dimension): branch.dimension for branch in self.evidence}
        for site in self.sites:
            for each in site.reading.findings:
                if each.section.dimension and each.is_written:
                    found.setdefault(_lasting(each.section.dimension), each.section.dimension)
        return list(found.values())


def _lasting(dimension: Dimension) -> tuple[int, str]:
    """What is the same of a dimension in every version of its lens."""
    return dimension.version.lens_id, dimension.key


def report(programme: Programme, cohort: Cohort | None = None) -> Report:
    """Read in a constant number of queries, however many places and quotes there are."""
    projects = Project.objects.filter(programme=programme)
    if cohort is not None:
        projects = projects.filter(cohort=cohort)
    studies = list(_case_studies(projects))
    covered = [study.project for study in studies]
    sources = sources_of_each(covered)
    names = Counter(study.project.place_id for study in studies)
    return Report(
        programme=programme,
        cohort=cohort,
        sites=[
            Site(
                name=_name(reading.case_study.project, names),
                reading=reading,
                sources=sources.get(reading.case_study.project_id, []),
                is_only=len(studies) == 1,
            )
            for reading in read_all(studies)
        ],
        sums=sums_of_sources(covered),
        evidence=evidence_by_dimension(covered, programme.frame),
        changed_at=_latest_change(studies, covered),
        projects_without=projects.filter(case_study=None).count(),
    )


def _case_studies(projects: QuerySet[Project]) -> QuerySet[CaseStudy]:
    return (
        CaseStudy.objects.filter(project__in=projects)
        .select_related("project__place", "project__cohort", "project__programme")
        .order_by(Lower("project__place__name"), "project__cohort__number")
    )


def _name(project: Project, case_studies_of_place: Counter[int]) -> str:
    if case_studies_of_place[project.place_id] == 1:
        return str(project.place)
    return f"{project.place} ({str(project.cohort).lower()})"


def _latest_change(studies: Iterable[CaseStudy], projects: Iterable[Project]) -> datetime | None:
    """When what the report tells last changed; the date it carries."""
    studies, projects = list(studies), list(projects)
    evidence = Evidence.objects.filter(project__in=projects)
    latest = [
        *(study.created_at for study in studies),
        SectionRevision.objects.filter(section__case_study__in=studies).aggregate(
            at=Max("saved_at")
        )["at"],
        StatusChange.objects.filter(case_study__in=studies).aggregate(at=Max("changed_at"))["at"],
        *evidence.aggregate(added=Max("created_at"), withdrawn=Max("withdrawn_at")).values(),
    ]
    return max((at for at in latest if at), default=None)
