"""What evidence each type of case study expects, and what of it is not there yet."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Func, JSONField

from evaluation.models import CaseStudy, CaseStudyType, Source, SourceKind


@dataclass(frozen=True)
class Expectation:
    """At least `at_least` sources of any of `kinds`."""

    kinds: frozenset[str]
    one: str
    many: str
    at_least: int = 1

    def __str__(self) -> str:
        return self.one if self.at_least == 1 else f"{self.at_least} {self.many}"

    def missing(self, quantities: Mapping[str, int]) -> str:
        """A sentence that says what to add; empty when enough is there."""
        there = sum(quantities.get(kind, 0) for kind in self.kinds)
        lacking = self.at_least - there
        if lacking <= 0:
            return ""
        if there == 0:
            return f"Add {self}."
        more = f"{lacking} more {self.many}" if lacking > 1 else f"one more: {self.one}"
        return f"Add {more} ({there} of {self.at_least} are there)."


_INTERVIEWS = frozenset({SourceKind.INTERVIEW.value})
_SITE_VISIT = Expectation(frozenset({SourceKind.SITE_VISIT.value}), "a site visit", "site visits")
_MOU = Expectation(frozenset({SourceKind.MOU.value}), "a memorandum of understanding", "memoranda")
_REPORTS = frozenset({SourceKind.PROJECT_REPORTS.value, SourceKind.ENABLER_REPORTS.value})
_DOCUMENTS = _REPORTS | {
    SourceKind.PROJECT_DOCUMENTATION.value,
    SourceKind.MINUTES.value,
    SourceKind.MOU.value,
}


def _interviews(at_least: int) -> Expectation:
    return Expectation(_INTERVIEWS, "an interview", "interviews", at_least)


EXPECTED: dict[str, tuple[Expectation, ...]] = {
    CaseStudyType.FULL: (
        _SITE_VISIT,
        _interviews(5),
        _MOU,
        Expectation(
            _REPORTS | {SourceKind.MINUTES.value}, "minutes or reports", "minutes or reports"
        ),
    ),
    CaseStudyType.MID_LEVEL: (
        _interviews(4),
        _MOU,
        Expectation(_REPORTS, "project or enabler reports", "project or enabler reports"),
    ),
    CaseStudyType.MINI: (
        Expectation(_DOCUMENTS, "project documents", "project documents"),
        Expectation(frozenset({SourceKind.WEBSITE.value}), "a website", "websites"),
    ),
}


class Quantities(Func):
    """How many sources of each kind the project with this id has.

    In SQL, because putting it together out of Django's expressions took longer than PostgreSQL takes
    to answer.
    """

    template = """(
        SELECT jsonb_object_agg(source.kind, source.quantity)
        FROM evaluation_source source
        WHERE source.project_id = %(expressions)s
    )"""
    output_field = JSONField()


def missing_evidence(case_study: CaseStudy) -> list[str]:
    """Sentences on the evidence that the case study's type expects and its project lacks.

    The case study was read with its `quantities`.
    """
    return missing_for_type(case_study.type, vars(case_study)["quantities"] or {})


def missing_evidence_of(case_studies: Iterable[CaseStudy]) -> dict[int, list[str]]:
    """The same for many that were read without them, by the case study's id, in one query."""
    studies = list(case_studies)
    quantities: dict[int, dict[str, int]] = {each.project_id: {} for each in studies}
    sources = Source.objects.filter(project__in=quantities).order_by()
    for project, kind, quantity in sources.values_list("project", "kind", "quantity"):
        quantities[project][kind] = quantity
    return {each.pk: missing_for_type(each.type, quantities[each.project_id]) for each in studies}


def missing_for_type(type_: str, quantities: Mapping[str, int]) -> list[str]:
    sentences = (each.missing(quantities) for each in EXPECTED[type_])
    return [sentence for sentence in sentences if sentence]
