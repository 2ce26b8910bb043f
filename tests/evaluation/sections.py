"""The sections of a case study, for tests that write in them."""

from evaluation.models import CaseStudy, Section
from evaluation.queries.case_studies import in_order


def sections_of(case_study: CaseStudy) -> list[Section]:
    """The narrative headings, then the findings by dimension."""
    return in_order(case_study.sections.select_related("dimension"))
