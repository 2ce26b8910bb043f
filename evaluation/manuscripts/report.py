"""The evaluation report of a programme or one cohort as a document."""

from collections.abc import Iterable

from django.utils import timezone

from documents.manuscript import Block, DataTable, Manuscript, Part, Prose, Subheading
from evaluation.manuscripts.case_study import INVENTED
from evaluation.manuscripts.sections import as_blocks, chart_of_evidence, picture, thread
from evaluation.models import Excerpt
from evaluation.queries.report import Report, Site
from evaluation.wording import sources_in_words, sums_in_words
from programmes.models import Dimension


def report_manuscript(report: Report) -> Manuscript:
    """The document. Findings are those that evaluators wrote: raw excerpts stand in no report."""
    parts = [
        Part("Case studies", tuple(_case_studies(report))),
        *(Part(each.name, tuple(_findings(report, each))) for each in report.dimensions),
        Part("Evidence by dimension", (chart_of_evidence(report.evidence),)),
        Part("Thread of evidence", tuple(_thread(report))),
    ]
    changed = report.changed_at
    return Manuscript(
        title=f"Evaluation report of {report.programme}",
        subtitle=str(report.cohort or "All cohorts"),
        cover=tuple(_cover(report)),
        notice=_notice(report),
        parts=tuple(part for part in parts if part.blocks),
        written_on=timezone.localtime(changed).date() if changed else None,
    )


def _cover(report: Report) -> Iterable[tuple[str, str]]:
    programme = report.programme
    yield "Programme", str(programme)
    if programme.run_by:
        yield "Run by", programme.run_by
    if programme.on_behalf_of:
        yield "On behalf of", programme.on_behalf_of
    if report.cohort:
        yield "Cohort", str(report.cohort.number)
    yield "Case studies", _types_in_words(report)
    yield "Sources", sums_in_words(report.sums)


def _types_in_words(report: Report) -> str:
    counted = [f"{number:,} {type_.label.lower()}" for type_, number in report.types]
    return f"{len(report.sites):,}" + (f" ({', '.join(counted)})" if counted else "")


def _notice(report: Report) -> str:
    sentences = []
    if report.programme.is_invented:
        sentences.append("This programme is invented, to show what Placework does.")
    elif invented := [site.name for site in report.sites if site.project.is_invented]:
        sentences.append(f"{', '.join(invented)}: {INVENTED[:1].lower()}{INVENTED[1:]}")
    if report.unfinished:
        sentences.append(_not_approved(report))
    if report.touched:
        sentences.append(f"Withdrawn since they were placed: {'; '.join(report.touched)}.")
    return " ".join(sentences)


def _not_approved(report: Report) -> str:
    if len(report.unfinished) == len(report.sites):
        return "None of the case studies is approved yet."
    return f"Not approved yet: {'; '.join(site.name for site in report.unfinished)}."


def _case_studies(report: Report) -> Iterable[Block]:
    if not report.sites:
        yield Prose("No case study has been started yet.")
        return
    yield DataTable(
        caption="Case-study sites",
        header=("Place", "Focus", "Cohort and type", "Data sources"),
        rows=tuple(_row(site) for site in report.sites),
    )
    without = report.projects_without
    if without:
        yield Prose(
            f"{without:,} other {'project has' if without == 1 else 'projects have'} no case study."
        )
    yield Subheading("Sources")
    yield Prose(f"Together the case studies rest on {sums_in_words(report.sums)}.")
    if report.sums:
        yield picture(
            "Sources by kind",
            "How many sources of each kind all case studies have together.",
            [(tally.name, tally.quantity) for tally in report.sums],
            ("Kind of source", "Number"),
        )
    yield picture(
        "Case studies by type",
        "How many case studies there are of each type.",
        [(type_.label, number) for type_, number in report.types],
        ("Type", "Case studies"),
    )


def _row(site: Site) -> tuple[str, ...]:
    project, study = site.project, site.case_study
    return (
        str(project.place),
        project.focus,
        f"{project.cohort.number}, {study.get_type_display().lower()}",
        sources_in_words(site.sources),
    )


def _findings(report: Report, dimension: Dimension) -> Iterable[Block]:
    if dimension.meaning:
        yield Prose(dimension.meaning)
    found = [(site, finding) for site in report.sites if (finding := site.finding(dimension))]
    for site, finding in found:
        yield Subheading(site.name)
        yield from as_blocks(finding, site.called)
    if not found:
        yield Prose("No case study has a finding on this dimension yet.")


def _thread(report: Report) -> Iterable[Block]:
    quoted = _quoted(report)
    if quoted:
        yield Prose(
            "Each quote carries the name of its place and a reference. This table says which"
            " evidence it was cut from, in which version of the text (by the beginning of its"
            " SHA-256) and at which characters."
        )
        yield thread(sorted(quoted.items(), key=_by_place_and_number))


def _by_place_and_number(quoted: tuple[str, Excerpt]) -> tuple[str, int]:
    reference, excerpt = quoted
    place, _, _ = reference.rpartition(" ")
    return place.casefold(), excerpt.number


def _quoted(report: Report) -> dict[str, Excerpt]:
    """What the findings quote, by the references of the report."""
    return {
        site.called(quote.reference): quote.excerpt
        for dimension in report.dimensions
        for site in report.sites
        if (finding := site.finding(dimension))
        for quote in finding.quotes
        if quote.excerpt and quote.stands
    }
