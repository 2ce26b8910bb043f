"""A case study as a document."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format

from documents.manuscript import Block, DataTable, Manuscript, Part, Prose, Subheading
from evaluation.manuscripts.sections import NOT_WRITTEN, as_blocks, chart_of_evidence, plain, thread
from evaluation.models import (
    CaseStudy,
    CaseStudyStatus,
    CaseStudyType,
    Section,
    SectionRevision,
)
from evaluation.queries.coding import evidence_by_dimension
from evaluation.queries.readings import Reading, ReadSection, read
from evaluation.queries.sources import sources_of

INVENTED = "This place and all that is said of it are invented, to show what Placework does."
UNFINISHED = {
    CaseStudyStatus.DRAFT: "This is a draft. It has not been reviewed.",
    CaseStudyStatus.IN_REVIEW: "This is in review. It has not been approved.",
}
CASE = "The case"
FINDINGS = "Findings by dimension"
EVIDENCE = "Evidence"
THREAD = "Thread of evidence"
# Whom its readers may know: what everyone may read names nobody.
ANOTHER = "another evaluator"


@dataclass(frozen=True)
class Edition:
    """A case study as it stood when somebody asked for a document of it."""

    revision: int
    title: str
    type: str
    status: str

    @classmethod
    def now(cls, case_study: CaseStudy) -> "Edition":
        return cls(case_study.revision, str(case_study), case_study.type, case_study.status)

    @property
    def is_finished(self) -> bool:
        """Whether sections without text are left out; until then they are shown as not written."""
        return self.status in (CaseStudyStatus.APPROVED, CaseStudyStatus.PUBLISHED)


def case_study_manuscript(case_study: CaseStudy, edition: Edition) -> Manuscript:
    """The document: its text as of the edition, its evidence as it stands."""
    reading = read(case_study, revision=edition.revision)
    project = case_study.project
    return Manuscript(
        title=edition.title,
        subtitle=project.focus,
        cover=cover_of(case_study, edition),
        notice=notice_of(
            case_study,
            edition,
            [said_of_touched(quote.reference, section) for section, quote in reading.touched],
        ),
        parts=tuple(
            part
            for part in (
                _part(CASE, reading.narrative, edition),
                _part(FINDINGS, reading.findings, edition),
                evidence_part(case_study, edition),
                Part(THREAD, tuple(_thread(reading))),
            )
            if part.blocks
        ),
        written_on=_written_on(case_study, edition),
    )


def case_part(reading: Reading, edition: Edition) -> Part:
    """What is told, for a page of its own, with the thread of what it quotes."""
    return _with_thread(_part(CASE, reading.narrative, edition), reading)


def findings_part(reading: Reading, edition: Edition) -> Part:
    """What was found on each dimension, for a page of its own."""
    return _with_thread(_part(FINDINGS, reading.findings, edition), reading)


def evidence_part(case_study: CaseStudy, edition: Edition) -> Part:
    """What it rests on."""
    return Part(EVIDENCE, tuple(_evidence(case_study, edition)))


def _with_thread(part: Part, reading: Reading) -> Part:
    thread_of_it = tuple(_thread(reading, part.heading))
    heading = (Subheading(THREAD),) if thread_of_it else ()
    return replace(part, blocks=(*part.blocks, *heading, *thread_of_it))


def cover_of(case_study: CaseStudy, edition: Edition) -> tuple[tuple[str, str], ...]:
    """Lines of the cover: what is known, and its words."""
    project = case_study.project
    return (
        ("Programme", str(project.programme)),
        ("Place", str(project.place)),
        ("Cohort", str(project.cohort.number)),
        ("Type of case study", CaseStudyType(edition.type).label),
        ("Status", CaseStudyStatus(edition.status).label),
        ("Revision", f"{edition.revision:,}"),
    )


def said_of_touched(reference: str, section: Section) -> str:
    """That a quote may no longer be used."""
    return f"{reference} in “{section}”"


def notice_of(case_study: CaseStudy, edition: Edition, touched: list[str]) -> str:
    """What is said first of all: that it is invented, unfinished, or quotes what was withdrawn."""
    sentences = []
    if case_study.project.is_invented:
        sentences.append(INVENTED)
    if unfinished := UNFINISHED.get(CaseStudyStatus(edition.status)):
        sentences.append(unfinished)
    if touched:
        sentences.append(f"Withdrawn since they were placed: {'; '.join(touched)}.")
    return " ".join(sentences)


def _part(heading: str, sections: Iterable[ReadSection], edition: Edition) -> Part:
    blocks: list[Block] = []
    for section in sections:
        if not section.is_written and edition.is_finished:
            continue
        blocks.append(Subheading(str(section.section)))
        blocks += as_blocks(section, str) or [NOT_WRITTEN]
    return Part(heading, tuple(blocks))


def _evidence(case_study: CaseStudy, edition: Edition) -> Iterable[Block]:
    project = case_study.project
    tallies = sources_of(project)
    if tallies:
        yield DataTable(
            caption="Sources",
            header=("Kind of source", "Number", "Texts held"),
            rows=tuple((each.name, f"{each.quantity:,}", f"{each.held:,}") for each in tallies),
            numbers=frozenset({1, 2}),
        )
    else:
        yield Prose("No sources are listed yet.")
    yield chart_of_evidence(evidence_by_dimension([project], project.programme.frame_id))
    if sentence := _cross_check(case_study, edition):
        yield Subheading("Cross-check")
        yield Prose(sentence)


def _cross_check(case_study: CaseStudy, edition: Edition) -> str:
    """Who read the text against its evidence, and when; by name only where it is not published."""
    if not edition.is_finished:
        return ""
    changes = case_study.status_changes.filter(revision=edition.revision)
    latest = {change.new: change for change in changes.order_by("new", "-pk").distinct("new")}
    approved = latest.get(CaseStudyStatus.APPROVED)
    if approved is None:
        return ""
    sent = latest.get(CaseStudyStatus.IN_REVIEW)
    is_another = sent is not None and sent.changed_by_id != approved.changed_by_id
    if edition.status != CaseStudyStatus.PUBLISHED:
        who = plain(approved.changed_by_name)
    else:
        who = ANOTHER if is_another else "the only evaluator"
    return f"Checked against its evidence and approved by {who} on {_day(approved.changed_at)}."


def _thread(reading: Reading, within: str = "") -> Iterable[Block]:
    excerpts = reading.excerpts
    if excerpts:
        yield Prose(
            "Each quote carries a reference. This table says which evidence it was cut from, in"
            " which version of the text (by the beginning of its SHA-256) and at which characters."
        )
        in_order = sorted(excerpts, key=lambda excerpt: excerpt.number)
        yield thread(((excerpt.reference, excerpt) for excerpt in in_order), within)


def _written_on(case_study: CaseStudy, edition: Edition) -> date:
    """The day of its latest change, not of the document's making: the same text, the same bytes."""
    saved = SectionRevision.objects.filter(
        section__case_study=case_study, case_study_revision__lte=edition.revision
    ).order_by("-case_study_revision")
    at = saved.values_list("saved_at", flat=True).first() or case_study.created_at
    return timezone.localtime(at).date()


def _day(at: datetime) -> str:
    return date_format(timezone.localtime(at), "j F Y")
