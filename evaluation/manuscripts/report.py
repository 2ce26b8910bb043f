"""The evaluation report of a programme or one cohort as a document."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain

from django.utils import timezone

from documents.manuscript import Block, DataTable, Manuscript, Part, Prose, Subheading
from evaluation.manuscripts.case_study import INVENTED, THREAD
from evaluation.manuscripts.sections import as_blocks, chart_of_evidence, picture, thread
from evaluation.models import CaseStudy, CaseStudyType, Excerpt
from evaluation.queries.coding import Branch
from evaluation.queries.report import Finding, Overview, Report
from evaluation.queries.sources import Amount, Tally
from evaluation.wording import sources_in_words, sums_in_words
from programmes.models import Cohort, Dimension, Programme

CASE_STUDIES = "Case studies"
SOURCES = "Sources"
FINDINGS = "Findings by dimension"
EVIDENCE = "Evidence by dimension"
NONE_STARTED = Prose("No case study has been started yet.")


def report_manuscript(report: Report) -> Manuscript:
    """The document. Findings are those that evaluators wrote: raw excerpts stand in no report."""
    overview = report.overview
    findings = {each: report.findings(each) for each in report.dimensions}
    parts = [
        Part(CASE_STUDIES, tuple(_case_studies(report, overview))),
        *(Part(each.name, tuple(_findings(each, findings[each]))) for each in findings),
        Part(EVIDENCE, (chart_of_evidence(report.evidence),)),
        Part(THREAD, tuple(_thread(chain.from_iterable(findings.values())))),
    ]
    changed = report.changed_at
    return Manuscript(
        title=title_of(report.programme),
        subtitle=subtitle_of(report.cohort),
        cover=tuple(cover_of(overview)),
        notice=notice_of(overview),
        parts=tuple(part for part in parts if part.blocks),
        written_on=timezone.localtime(changed).date() if changed else None,
    )


def title_of(programme: Programme) -> str:
    return f"Evaluation report of {programme}"


def subtitle_of(cohort: Cohort | None) -> str:
    return str(cohort or "All cohorts")


def cover_of(overview: Overview) -> Iterable[tuple[str, str]]:
    """Lines of the cover: what is known, and its words."""
    programme = overview.programme
    yield "Programme", str(programme)
    if programme.run_by:
        yield "Run by", programme.run_by
    if programme.on_behalf_of:
        yield "On behalf of", programme.on_behalf_of
    if overview.cohort:
        yield "Cohort", str(overview.cohort.number)
    yield "Case studies", _types_in_words(overview)
    yield "Sources", sums_in_words(overview.sums)


def _types_in_words(overview: Overview) -> str:
    counted = [f"{number:,} {type_.label.lower()}" for type_, number in overview.types]
    return f"{len(overview.standings):,}" + (f" ({', '.join(counted)})" if counted else "")


def notice_of(overview: Overview) -> str:
    """What is said first of all: that something is invented, unfinished or withdrawn."""
    sentences = []
    if overview.programme.is_invented:
        sentences.append("This programme is invented, to show what Placework does.")
    elif invented := [str(each.name) for each in overview.invented]:
        sentences.append(f"{', '.join(invented)}: {INVENTED[:1].lower()}{INVENTED[1:]}")
    if overview.unfinished:
        sentences.append(_not_approved(overview))
    if overview.touched:
        sentences.append(f"Withdrawn since they were placed: {'; '.join(overview.touched)}.")
    return " ".join(sentences)


def _not_approved(overview: Overview) -> str:
    if len(overview.unfinished) == len(overview.standings):
        return "None of the case studies is approved yet."
    return f"Not approved yet: {'; '.join(str(each.name) for each in overview.unfinished)}."


def _case_studies(report: Report, overview: Overview) -> Iterable[Block]:
    if not report.sites:
        yield NONE_STARTED
        return
    yield _table((site.case_study, site.sources) for site in report.sites)
    yield from _others(report.projects_without)
    yield Subheading(SOURCES)
    yield from _sources(overview.sums, overview.types)


def case_studies_part(sites: list[tuple[CaseStudy, list[Tally]]], *, is_continued: bool) -> Part:
    """Some rows of the table, on a page of their own."""
    block = _table(sites) if sites else NONE_STARTED
    return _continued(Part(CASE_STUDIES, (block,)), is_continued)


def _table(sites: Iterable[tuple[CaseStudy, list[Tally]]]) -> DataTable:
    return DataTable(
        caption="Case-study sites",
        header=("Place", "Focus", "Cohort and type", "Data sources"),
        rows=tuple(_row(study, tallies) for study, tallies in sites),
    )


def _row(study: CaseStudy, tallies: list[Tally]) -> tuple[str, ...]:
    project = study.project
    return (
        str(project.place),
        project.focus,
        f"{project.cohort.number}, {study.get_type_display().lower()}",
        sources_in_words(tallies),
    )


def _others(without: int) -> Iterable[Block]:
    if without:
        yield Prose(
            f"{without:,} other {'project has' if without == 1 else 'projects have'} no case study."
        )


def sources_part(
    sums: list[Amount], types: list[tuple[CaseStudyType, int]], *, others: int
) -> Part:
    """What is counted, on a page of its own; `others` are projects without a case study."""
    counted = tuple(_sources(sums, types)) if types else (NONE_STARTED,)
    return Part(SOURCES, (*counted, *_others(others)))


def _sources(sums: list[Amount], types: list[tuple[CaseStudyType, int]]) -> Iterable[Block]:
    yield Prose(f"Together the case studies rest on {sums_in_words(sums)}.")
    if sums:
        yield picture(
            "Sources by kind",
            "How many sources of each kind all case studies have together.",
            [(tally.name, tally.quantity) for tally in sums],
            ("Kind of source", "Number"),
        )
    yield picture(
        "Case studies by type",
        "How many case studies there are of each type.",
        [(type_.label, number) for type_, number in types],
        ("Type", "Case studies"),
    )


def findings_part(dimension: Dimension, findings: list[Finding], *, is_continued: bool) -> Part:
    """Some findings on a page of their own, with the thread of what they quote."""
    blocks = [*_told(findings)] if is_continued else [*_findings(dimension, findings)]
    part = _continued(Part(dimension.name, tuple(blocks)), is_continued)
    if thread_of_these := [*_thread(findings, part.heading)]:
        return replace(part, blocks=(*part.blocks, Subheading(THREAD), *thread_of_these))
    return part


def _findings(dimension: Dimension, findings: list[Finding]) -> Iterable[Block]:
    if dimension.meaning:
        yield Prose(dimension.meaning)
    yield from _told(findings)
    if not findings:
        yield Prose("No case study has a finding on this dimension yet.")


def _told(findings: Iterable[Finding]) -> Iterable[Block]:
    for finding in findings:
        yield Subheading(str(finding.name))
        yield from as_blocks(finding.section, finding.name.of)


def evidence_part(branches: Iterable[Branch]) -> Part:
    """How much evidence there is on each dimension."""
    return Part(EVIDENCE, (chart_of_evidence(branches),))


def _continued(part: Part, is_continued: bool) -> Part:
    return replace(part, heading=f"{part.heading} (continued)") if is_continued else part


def _thread(findings: Iterable[Finding], within: str = "") -> Iterable[Block]:
    quoted = _quoted(findings)
    if quoted:
        yield Prose(
            "Each quote carries the name of its place and a reference. This table says which"
            " evidence it was cut from, in which version of the text (by the beginning of its"
            " SHA-256) and at which characters."
        )
        yield thread(sorted(quoted.items(), key=_by_place_and_number), within)


def _by_place_and_number(quoted: tuple[str, Excerpt]) -> tuple[str, int]:
    reference, excerpt = quoted
    place, _, _ = reference.rpartition(" ")
    return place.casefold(), excerpt.number


def _quoted(findings: Iterable[Finding]) -> dict[str, Excerpt]:
    """What the findings quote, by the references of the report."""
    return {
        finding.name.of(quote.reference): quote.excerpt
        for finding in findings
        for quote in finding.section.quotes
        if quote.excerpt and quote.stands
    }
