"""Words found in the texts of a project, with what stands around them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from evaluation.models import Evidence
from evaluation.queries.evidence import texts_that_hold
from programmes.models import Project

CONTEXT = 120  # characters before and after
MOST = 200


@dataclass(frozen=True)
class Passage:
    """One place of the words."""

    evidence: Evidence
    before: str
    words: str
    after: str


def passages_that_say(project: Project, words: str) -> list[Passage]:
    """The first places of these words in the latest texts of a project, in any case."""
    return list(islice(_passages(project, words), MOST))


def _passages(project: Project, words: str) -> Iterator[Passage]:
    pattern = re.compile(re.escape(words), re.IGNORECASE)
    for version in texts_that_hold(project, words).iterator(chunk_size=20):
        text = version.text
        for found in pattern.finditer(text):
            yield Passage(
                version.evidence,
                text[max(0, found.start() - CONTEXT) : found.start()],
                found.group(),
                text[found.end() : found.end() + CONTEXT],
            )
