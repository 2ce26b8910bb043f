"""Case studies as they are read: each section's paragraphs, with the excerpts that they quote."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from evaluation.models import CaseStudy, Excerpt, Section, SectionRevision
from evaluation.models.excerpt import Excerpts
from evaluation.queries.case_studies import in_order
from evaluation.queries.quotes import why_not_usable
from evaluation.quote_marks import Mark, Piece, Words, pieces

_QUOTES_IN_DOCUMENTS = Excerpt.objects.with_threads().order_by()
_QUOTES_ON_PAGE = Excerpt.objects.quotes_alone().order_by()
_SECTIONS_ON_PAGE = Section.objects.select_related("dimension").only(
    "case_study", "heading", "text", "dimension__name", "dimension__position"
)


@dataclass(frozen=True)
class Quoted:
    """A placed quote: the excerpt, or why nothing can be quoted there."""

    reference: str
    excerpt: Excerpt | None
    why_not: str

    @property
    def stands(self) -> bool:
        return not self.why_not


@dataclass(frozen=True)
class ReadSection:
    section: Section
    pieces: list[Words | Quoted]

    @property
    def is_written(self) -> bool:
        return bool(self.pieces)

    @property
    def level(self) -> int:
        """Of its heading on a page: findings stand together under one."""
        return 2 if self.section.dimension_id is None else 3

    @property
    def quotes(self) -> list[Quoted]:
        return [piece for piece in self.pieces if isinstance(piece, Quoted)]

    @property
    def touched(self) -> list[Quoted]:
        """Quotes that may no longer be used."""
        return [quote for quote in self.quotes if not quote.stands]


@dataclass(frozen=True)
class Reading:
    """One case study, its sections in order."""

    case_study: CaseStudy
    sections: list[ReadSection]

    @property
    def narrative(self) -> list[ReadSection]:
        return [each for each in self.sections if each.section.dimension is None]

    @property
    def findings(self) -> list[ReadSection]:
        return [each for each in self.sections if each.section.dimension is not None]

    @property
    def touched(self) -> list[tuple[Section, Quoted]]:
        return [(each.section, quote) for each in self.sections for quote in each.touched]

    @property
    def excerpts(self) -> list[Excerpt]:
        """What it quotes, each once, in the order of first use."""
        found = {
            quote.excerpt.pk: quote.excerpt
            for each in self.sections
            for quote in each.quotes
            if quote.excerpt and quote.stands
        }
        return list(found.values())


def read(case_study: CaseStudy, *, revision: int | None = None) -> Reading:
    """The case study as it stands, or as it stood at one of its revisions."""
    sections = list(
        Section.objects.filter(case_study=case_study).select_related("dimension__version")
    )
    if revision is not None:
        texts = texts_at(case_study, revision)
        for section in sections:
            section.text = texts.get(section.pk, "")
    return _readings([case_study], sections)[0]


def read_on_page(case_study: CaseStudy) -> Reading:
    """The case study as it stands, without what documents alone say: where each quote was cut."""
    sections = _SECTIONS_ON_PAGE.filter(case_study=case_study)
    return _readings([case_study], list(sections), _QUOTES_ON_PAGE)[0]


def read_narrative(case_study: CaseStudy) -> Reading:
    """What stands under its narrative headings."""
    return _part_of(case_study, Section.objects.filter(dimension=None))


def read_findings(case_study: CaseStudy) -> Reading:
    """What stands under the dimensions."""
    return _part_of(case_study, Section.objects.select_related("dimension").exclude(dimension=None))


def _part_of(case_study: CaseStudy, sections: QuerySet[Section]) -> Reading:
    shown = sections.filter(case_study=case_study).only(
        "case_study", "heading", "text", "dimension__name", "dimension__position"
    )
    return _readings([case_study], list(shown))[0]


def read_findings_of(case_studies: Iterable[CaseStudy]) -> list[Reading]:
    """What stands under the dimensions of many case studies, in two queries."""
    studies = list(case_studies)
    sections = _FINDINGS.filter(case_study__in=studies)
    return _readings(studies, list(sections))


_FINDINGS = (
    Section.objects.exclude(dimension=None)
    .select_related("dimension__version")
    .only(
        "case_study",
        "heading",
        "text",
        "number",
        "dimension__key",
        "dimension__name",
        "dimension__meaning",
        "dimension__position",
        "dimension__version__lens",
    )
)


def texts_at(case_study: CaseStudy, revision: int) -> dict[int, str]:
    """What each section said at a revision of the case study, by the section's id."""
    latest = (
        SectionRevision.objects.filter(
            section__case_study=case_study, case_study_revision__lte=revision
        )
        .order_by("section", "-number")
        .distinct("section")
    )
    return dict(latest.values_list("section", "text"))


def _readings(
    studies: list[CaseStudy], sections: list[Section], quotes: Excerpts = _QUOTES_IN_DOCUMENTS
) -> list[Reading]:
    by_study: dict[int, list[Section]] = {study.pk: [] for study in studies}
    project_of = {study.pk: study.project_id for study in studies}
    for section in sections:
        by_study[section.case_study_id].append(section)
    with_projects = [(each, project_of[each.case_study_id]) for each in sections]
    found = {each.section.pk: each for each in read_sections(with_projects, quotes)}
    return [
        Reading(study, [found[section.pk] for section in in_order(by_study[study.pk])])
        for study in studies
    ]


def read_sections(
    sections: list[tuple[Section, int]], quotes: Excerpts = _QUOTES_IN_DOCUMENTS
) -> list[ReadSection]:
    """Sections, each with the id of the project that it quotes, in one query if any of them does."""
    texts = [(section, project, pieces(section.text)) for section, project in sections]
    projects = {project for _, project in sections}
    quoted = {piece.number for *_, text in texts for piece in text if isinstance(piece, Mark)}
    found = quotes.filter(project__in=projects, number__in=quoted)
    excerpts = {(each.project_id, each.number): each for each in found} if quoted else {}
    return [
        ReadSection(section, [_read(piece, project, excerpts) for piece in text])
        for section, project, text in texts
    ]


def _read(piece: Piece, project: int, excerpts: dict[tuple[int, int], Excerpt]) -> Words | Quoted:
    if isinstance(piece, Words):
        return piece
    return _quoted(piece, excerpts.get((project, piece.number)))


def _quoted(mark: Mark, excerpt: Excerpt | None) -> Quoted:
    why_not = why_not_usable(excerpt) if excerpt else "no excerpt has this number"
    return Quoted(mark.reference, excerpt, why_not)
