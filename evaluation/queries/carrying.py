"""What becomes of excerpts when their text gets a new version."""

from dataclasses import dataclass

from evaluation.models import Excerpt, TextVersion
from evaluation.models.excerpt import Excerpts
from evaluation.texts import places_of


@dataclass(frozen=True)
class Fate:
    """Where an excerpt of an earlier version lies in the latest, or why it cannot be carried there."""

    excerpt: Excerpt
    start: int | None
    reason: str = ""


def left_behind(latest: TextVersion) -> Excerpts:
    """Excerpts that lie in earlier versions than this, the latest, of its evidence."""
    standing = Excerpt.objects.standing().filter(version__evidence=latest.evidence_id)
    return standing.exclude(version=latest)


def fates(latest: TextVersion) -> list[Fate]:
    """What becomes of each excerpt that was left behind."""
    standing = Excerpt.objects.filter(version=latest, removed_at=None)
    taken = set(standing.order_by().values_list("start", "end"))
    result = []
    for excerpt in left_behind(latest).with_quotes().order_by("version__number", "start", "end"):
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
