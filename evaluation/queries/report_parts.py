"""The parts of an evaluation report, each read by itself for a page of its own."""

from collections import Counter, defaultdict

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Lower

from evaluation.models import CaseStudy, CaseStudyType, Section
from evaluation.queries.coding import Branch, evidence_by_dimension
from evaluation.queries.quotes import touched_quotes_where
from evaluation.queries.readings import read_sections
from evaluation.queries.report import (
    Finding,
    Name,
    Overview,
    Standing,
    lasting,
    name_of,
    said_of_touched,
)
from evaluation.queries.sources import Amount, Tally, sources_of_each, sums_of_sources
from programmes.models import Cohort, Dimension, Programme, Project

WRITTEN = Q(text__regex=r"[^ \t\n]")  # what is read back as paragraphs

_FINDINGS = (
    Section.objects.filter(WRITTEN)
    .only("text", "dimension")
    .annotate(
        project=F("case_study__project"),
        place=F("case_study__project__place"),
        place_name=F("case_study__project__place__name"),
        cohort=F("case_study__project__cohort__number"),
    )
    .order_by(Lower("place_name"), "cohort")
)


def overview_of(programme: Programme, cohort: Cohort | None) -> Overview:
    """What stands before the parts."""
    standings = _standings(programme, cohort)
    return Overview(
        programme=programme,
        cohort=cohort,
        standings=list(standings.values()),
        sums=sums_of_sources(_covered(programme, cohort)),
        touched=_touched(programme, cohort, standings),
    )


def dimensions_of(programme: Programme, cohort: Cohort | None) -> list[Dimension]:
    """The frame's, then any that findings were written on before the programme changed its frame."""
    findings = Section.objects.filter(
        WRITTEN, case_study__in=_case_studies(programme, cohort), dimension=OuterRef("pk")
    )
    of_frame = Q(version=programme.frame_id, parent=None)
    dimensions = (
        Dimension.objects.filter(of_frame | Exists(findings))
        .select_related("version")
        .only("key", "name", "version__lens_id")
        .order_by("version", "position")
    )
    found: dict[object, Dimension] = {}
    for each in sorted(dimensions, key=lambda each: each.version_id != programme.frame_id):
        found.setdefault(lasting(each), each)
    return list(found.values())


def sites(programme: Programme, cohort: Cohort | None) -> QuerySet[CaseStudy]:
    """The case studies that the table lists, by place."""
    return (
        _case_studies(programme, cohort)
        .select_related("project__place", "project__cohort")
        .only("type", "project__focus", "project__place__name", "project__cohort__number")
        .order_by(Lower("project__place__name"), "project__cohort__number")
    )


def with_sources(studies: list[CaseStudy]) -> list[tuple[CaseStudy, list[Tally]]]:
    """Each with the sources of its project."""
    sources = sources_of_each([study.project for study in studies])
    return [(study, sources.get(study.project_id, [])) for study in studies]


def projects_without(programme: Programme, cohort: Cohort | None) -> int:
    """How many have no case study."""
    return _projects(programme, cohort).filter(case_study=None).count()


def sums(programme: Programme, cohort: Cohort | None) -> list[Amount]:
    """What all case studies rest on together."""
    return sums_of_sources(_covered(programme, cohort))


def types(programme: Programme, cohort: Cohort | None) -> list[tuple[CaseStudyType, int]]:
    """How many case studies there are of each type that there is."""
    found = _case_studies(programme, cohort).order_by().values_list("type").annotate(Count("pk"))
    counted = dict(found)
    return [(type_, counted[type_]) for type_ in CaseStudyType if type_ in counted]


def written_on(
    dimension: Dimension, programme: Programme, cohort: Cohort | None
) -> QuerySet[Section]:
    """Findings on a dimension, in whatever version of its lens they were written, by place."""
    versions = Dimension.objects.filter(
        key=dimension.key, version__lens__versions=dimension.version_id
    )
    ids = list(versions.order_by().values_list("pk", flat=True))
    found = _FINDINGS.filter(case_study__project__programme=programme, dimension__in=ids)
    return found.filter(case_study__project__cohort=cohort) if cohort else found


def findings_in(
    sections: list[Section], programme: Programme, cohort: Cohort | None
) -> list[Finding]:
    """The same as the report tells them."""
    places = _case_studies(programme, cohort).values_list("project__place", flat=True)
    of_place = Counter(places)
    quoting = [(section, vars(section)["project"]) for section in sections]
    return [
        Finding(_name(section, of_place), read)
        for section, read in zip(sections, read_sections(quoting), strict=True)
    ]


def _name(section: Section, of_place: Counter[int]) -> Name:
    known = vars(section)
    return name_of(
        known["place_name"],
        known["cohort"],
        is_again=of_place[known["place"]] > 1,
        is_only=of_place.total() == 1,
    )


def evidence_on_frame(programme: Programme, cohort: Cohort | None) -> list[Branch]:
    """The frame with what is coded to it."""
    return evidence_by_dimension(_covered(programme, cohort), programme.frame_id)


def _standings(programme: Programme, cohort: Cohort | None) -> dict[int, Standing]:
    """By the case study's id, in the order of the report."""
    studies = list(
        sites(programme, cohort).values_list(
            "pk",
            "project__place",
            "project__place__name",
            "project__cohort__number",
            "type",
            "status",
            "project__is_invented",
        )
    )
    of_place = Counter(place for _, place, *_ in studies)
    return {
        pk: Standing(
            name_of(name, number, is_again=of_place[place] > 1, is_only=len(studies) == 1),
            type_,
            status,
            is_invented,
        )
        for pk, place, name, number, type_, status, is_invented in studies
    }


def _touched(
    programme: Programme, cohort: Cohort | None, standings: dict[int, Standing]
) -> list[str]:
    quoted = Q(excerpt__project__programme=programme)
    if cohort:
        quoted &= Q(excerpt__project__cohort=cohort)
    of_study = defaultdict(list)
    for each in touched_quotes_where(quoted):
        if not each.section.heading:
            of_study[each.section.case_study_id].append(each)
    return [
        said_of_touched(standing.name, each.excerpt.reference, each.section)
        for pk, standing in standings.items()
        for each in of_study[pk]
    ]


def _projects(programme: Programme, cohort: Cohort | None) -> QuerySet[Project]:
    projects = Project.objects.filter(programme=programme)
    return projects.filter(cohort=cohort) if cohort else projects


def _covered(programme: Programme, cohort: Cohort | None) -> QuerySet[Project]:
    return _projects(programme, cohort).filter(case_study__isnull=False)


def _case_studies(programme: Programme, cohort: Cohort | None) -> QuerySet[CaseStudy]:
    studies = CaseStudy.objects.filter(project__programme=programme)
    return studies.filter(project__cohort=cohort) if cohort else studies
