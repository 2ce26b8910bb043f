"""What of this room can cite a clause of an MOU: evidence and excerpts, which evaluators alone read.

An excerpt becomes open to the place when a published case study quotes it. Evidence never does.
"""

from collections.abc import Collection

from django.db.models import F
from django.urls import reverse

from accounts.models import Person
from evaluation.models import CaseStudy, CaseStudyStatus, Evidence, Excerpt
from evaluation.models.excerpt import Excerpts
from evaluation.queries.quotes import all_quotes_stand
from programmes.citing import Seen, cites
from programmes.models import Project

SHOWN = 80  # characters of a quote


def _evidence_seen(person: Person, project: Project, ids: Collection[int]) -> dict[int, Seen]:
    if not person.has_perm("evaluation.view_evidence", project):
        return {}
    rows = Evidence.objects.filter(project=project, pk__in=ids, withdrawn_at=None)
    return {
        row.pk: Seen(f"{row.reference} {row.title}", row.get_absolute_url())
        for row in rows.only("number", "title").order_by()
    }


def _excerpts_seen(person: Person, project: Project, ids: Collection[int]) -> dict[int, Seen]:
    if person.has_perm("evaluation.view_evidence", project):
        rows = Excerpt.objects.standing().filter(project=project, pk__in=ids)
        return {
            row.pk: Seen(f"{row.reference} {_words(row)}", row.get_absolute_url())
            for row in rows.quotes_alone().order_by()
        }
    if not person.has_perm("evaluation.know_of", project):
        return {}
    rows = _published(project, ids).quotes_alone().annotate(study=F("project__case_study"))
    return {row.pk: Seen(f"{_words(row)} {row.attribution}", _address(row)) for row in rows}


def _words(row: Excerpt) -> str:
    quote = " ".join(row.quote.split())
    return f"“{quote}”" if len(quote) <= SHOWN else f"“{quote[:SHOWN].rstrip()}…”"


def _address(row: Excerpt) -> str:
    return reverse("evaluation:case_study", args=[vars(row)["study"]])


def _published(project: Project, ids: Collection[int]) -> Excerpts:
    """Those that a published case study quotes, as long as its every quote stands."""
    studies = CaseStudy.objects.filter(
        all_quotes_stand(), project=project, status=CaseStudyStatus.PUBLISHED
    )
    standing = Excerpt.objects.standing().filter(project=project, pk__in=ids)
    return standing.filter(placements__section__case_study__in=studies).order_by()


def _no_evidence(project: Project, ids: Collection[int]) -> set[int]:
    return set()


def _excerpts_published(project: Project, ids: Collection[int]) -> set[int]:
    return set(_published(project, ids).values_list("pk", flat=True))


def _why_not_evidence(row: Evidence) -> str:
    return f"{row.reference} was withdrawn and can cite nothing." if row.is_withdrawn else ""


def _why_not_excerpt(row: Excerpt) -> str:
    if row.removed_at:
        return f"{row.reference} was removed. Select the passage again."
    return _why_not_evidence(row.version.evidence)


cites(
    Evidence,
    name="Evidence",
    needs="evaluation.change_evidence",
    seen_by=_evidence_seen,
    open_to_the_place=_no_evidence,
    refusal=_why_not_evidence,
)
cites(
    Excerpt,
    name="Excerpt",
    needs="evaluation.change_evidence",
    seen_by=_excerpts_seen,
    open_to_the_place=_excerpts_published,
    refusal=_why_not_excerpt,
)
