"""Numbers of sources as people say them: "4 interviews, MOU, project reports"."""

from collections.abc import Iterable

from evaluation.models import SourceKind
from evaluation.queries.sources import Amount

# One of the kind, and the noun that follows a number. A kind that comes as papers has no number of one.
_WORDS = {
    SourceKind.INTERVIEW: ("1 interview", "interviews"),
    SourceKind.SURVEY_RESPONSES: ("survey responses", "survey responses"),
    SourceKind.SITE_VISIT: ("site visit", "site visits"),
    SourceKind.MOU: ("MOU", "MOUs"),
    SourceKind.MINUTES: ("minutes", "sets of minutes"),
    SourceKind.PROJECT_DOCUMENTATION: ("project documentation", "sets of project documentation"),
    SourceKind.PROJECT_REPORTS: ("project reports", "project reports"),
    SourceKind.ENABLER_REPORTS: ("enabler reports", "enabler reports"),
    SourceKind.PRESS_COVERAGE: ("press coverage", "items of press coverage"),
    SourceKind.WEBSITE: ("website", "websites"),
    SourceKind.LOCAL_AREA_DATA_PROFILE: ("local area data profile", "local area data profiles"),
    SourceKind.SESSION_LOG: ("session log", "session logs"),
    SourceKind.OBSERVATION: ("observation", "observations"),
}


def sources_in_words(tallies: Iterable[Amount]) -> str:
    """What one place's evidence is, in the order of the kinds."""
    return ", ".join(_said(tally) for tally in tallies) or "none yet"


def sums_in_words(tallies: Iterable[Amount]) -> str:
    """The same for sums, where whatever can be counted has its number."""
    return ", ".join(_summed(tally) for tally in tallies) or "none yet"


def _said(tally: Amount) -> str:
    one, many = _WORDS[tally.kind]
    return one if tally.quantity == 1 else f"{tally.quantity:,} {many}"


def _summed(tally: Amount) -> str:
    one, many = _WORDS[tally.kind]
    is_counted = many == f"{one}s"  # one site visit, two site visits
    return f"1 {one}" if is_counted and tally.quantity == 1 else _said(tally)
