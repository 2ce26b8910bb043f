"""What becomes of excerpts when their text gets a new version."""

from dataclasses import dataclass

from evaluation.models import Excerpt, TextVersion
from evaluation.texts import places_of


@dataclass(frozen=True)
class Fate:
    """Where an excerpt of an earlier version lies in the latest, or why it cannot be carried there."""

    excerpt: Excerpt
    start: int | None
    reason: str = ""


def fates(latest: TextVersion) -> list[Fate]:
    """What becomes of each excerpt that was left behind in a version before this, the latest."""
    standing = Excerpt.objects.filter(removed_at=None)
    taken = set(standing.filter(version=latest).order_by().values_list("start", "end"))
    left = standing.filter(version__evidence=latest.evidence_id).exclude(version=latest)
    result = []
    for excerpt in left.with_quotes().order_by("version__number", "start", "end"):
        fate = _fate(excerpt, latest.text, taken)
        if fate.start is not None:
            taken.add((fate.start, fate.start + len(excerpt.quote)))
        result.append(fate)
    return result


def _fate(excerpt: Excerpt, text: str, taken: set[tuple[int, int]]) -> Fate:
    places = places_of(excerpt.quote, text)
    if not places:
        return Fate(excerpt, None, "The passage is not in the latest version as it stood.")
    if len(places) > 1:
        return Fate(excerpt, None, f"The passage stands {len(places)} times in the latest version.")
    start = places[0]
    if (start, start + len(excerpt.quote)) in taken:
        return Fate(excerpt, None, "Another excerpt of the latest version is this very passage.")
    return Fate(excerpt, start)
