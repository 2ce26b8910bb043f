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
    Section,
    SectionRevision,
    StatusChange,
)
from evaluation.queries.coding import Branch, evidence_by_dimension
from evaluation.queries.readings import Reading, ReadSection, read_findings_of
from evaluation.queries.sources import Amount, Tally, sources_of_each, summed
from programmes.models import Cohort, Dimension, Programme, Project


@dataclass(frozen=True)
class Name:
    """What the report calls a case study, and what is quoted there."""

    text: str  # the place, with the cohort where the place has more than one case study
    is_only: bool  # in the report

    def __str__(self) -> str:
        return self.text

    def of(self, reference: str) -> str:
        """A quote's reference in the report, where every place has its own Q1."""
        return reference if self.is_only else f"{self} {reference}"


@dataclass(frozen=True)
class Finding:
    """What one case study found on a dimension."""

    name: Name
    section: ReadSection


@dataclass(frozen=True)
class Standing:
    """What is said of a case study before the parts of the report."""

    name: Name
    type: str
    status: str
    is_invented: bool


@dataclass(frozen=True)
class Overview:
    """What stands before the parts of the report."""

    programme: Programme
    cohort: Cohort | None
    standings: list[Standing]
    sums: list[Amount]
    touched: list[str]  # quotes in findings that may no longer be used, with place and section

    @property
    def types(self) -> list[tuple[CaseStudyType, int]]:
        found = Counter(each.type for each in self.standings)
        return [(type_, found[type_]) for type_ in CaseStudyType if found[type_]]

    @property
    def invented(self) -> list[Standing]:
        return [each for each in self.standings if each.is_invented]

    @property
    def unfinished(self) -> list[Standing]:
        finished = (CaseStudyStatus.APPROVED, CaseStudyStatus.PUBLISHED)
        return [each for each in self.standings if each.status not in finished]


@dataclass(frozen=True)
class Site:
    """One case study in the report: its row of the table, and its text."""

    name: Name
    reading: Reading
    sources: list[Tally]

    @property
    def case_study(self) -> CaseStudy:
        return self.reading.case_study

    @property
    def project(self) -> Project:
        return self.case_study.project

    @property
    def standing(self) -> Standing:
        study = self.case_study
        return Standing(self.name, study.type, study.status, self.project.is_invented)

    @property
    def touched(self) -> list[str]:
        return [
            said_of_touched(self.name, quote.reference, section)
            for section, quote in self.reading.touched
            if section.dimension is not None
        ]

    def finding(self, dimension: Dimension) -> Finding | None:
        """What it found on a dimension, in whatever version of the lens it was written."""
        for each in self.reading.findings:
            written_on = each.section.dimension
            if written_on and each.is_written and lasting(written_on) == lasting(dimension):
                return Finding(self.name, each)
        return None


@dataclass(frozen=True)
class Report:
    """Everything that the report says, read once."""

    programme: Programme
    cohort: Cohort | None
    sites: list[Site]
    sums: list[Amount]
    evidence: list[Branch]
    changed_at: datetime | None
    projects_without: int

    @property
    def overview(self) -> Overview:
        return Overview(
            self.programme,
            self.cohort,
            [site.standing for site in self.sites],
            self.sums,
            [said for site in self.sites for said in site.touched],
        )

    def findings(self, dimension: Dimension) -> list[Finding]:
        found = (site.finding(dimension) for site in self.sites)
        return [finding for finding in found if finding]

    @property
    def dimensions(self) -> list[Dimension]:
        """The frame's, then any that findings were written on before the programme changed its frame."""
        found = {lasting(branch.dimension): branch.dimension for branch in self.evidence}
        for site in self.sites:
            for each in site.reading.findings:
                if each.section.dimension and each.is_written:
                    found.setdefault(lasting(each.section.dimension), each.section.dimension)
        return list(found.values())


def lasting(dimension: Dimension) -> tuple[int, str]:
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
            )
            for reading in read_findings_of(studies)
        ],
        sums=summed(sources.values()),
        evidence=evidence_by_dimension(covered, programme.frame_id),
        changed_at=_latest_change(studies, covered),
        projects_without=projects.filter(case_study=None).count(),
    )


def _case_studies(projects: QuerySet[Project]) -> QuerySet[CaseStudy]:
    return (
        CaseStudy.objects.filter(project__in=projects)
        .select_related("project__place", "project__cohort")
        .only(
            "type",
            "status",
            "revision",
            "created_at",
            "project__focus",
            "project__is_invented",
            "project__place__name",
            "project__cohort__number",
        )
        .order_by(Lower("project__place__name"), "project__cohort__number")
    )


def _name(project: Project, case_studies_of_place: Counter[int]) -> Name:
    return name_of(
        project.place.name,
        project.cohort.number,
        is_again=case_studies_of_place[project.place_id] > 1,
        is_only=case_studies_of_place.total() == 1,
    )


def name_of(place: str, cohort: int, *, is_again: bool, is_only: bool) -> Name:
    """What the report calls a case study: `is_again` where its place has another in the report."""
    return Name(f"{place} (cohort {cohort})" if is_again else place, is_only)


def said_of_touched(name: Name, reference: str, section: Section) -> str:
    """That a quote in a finding may no longer be used."""
    return f"{name.of(reference)} in “{section}”"


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
