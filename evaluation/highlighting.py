"""A text with its excerpts marked, so that what the browser selects can be counted in code points.

The marks carry no text of their own and nothing stands between them that is not of the text: the
text of the page's element is the stored text, letter for letter.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from evaluation.models import Excerpt

DEEPEST = 3  # more excerpts than that over one another look the same


@dataclass(frozen=True)
class Segment:
    """A stretch of text over which the same excerpts lie, and the excerpts that end where it ends."""

    start: int
    text: str
    excerpts: tuple[Excerpt, ...]
    ending: tuple[Excerpt, ...]

    @property
    def depth(self) -> int:
        return min(len(self.excerpts), DEEPEST)


def segments(text: str, excerpts: Iterable[Excerpt]) -> Iterator[Segment]:
    """The text cut wherever an excerpt begins or ends."""
    beginning: dict[int, list[Excerpt]] = defaultdict(list)
    ending: dict[int, list[Excerpt]] = defaultdict(list)
    for excerpt in excerpts:
        beginning[excerpt.start].append(excerpt)
        ending[excerpt.end].append(excerpt)
    cuts = sorted({0, len(text), *beginning, *ending})
    over: list[Excerpt] = []
    for start, end in pairwise(cuts):
        over = [each for each in over if each.end > start] + beginning[start]
        yield Segment(start, text[start:end], tuple(over), tuple(ending[end]))


def marked(text: str, excerpts: Iterable[Excerpt]) -> SafeString:
    """The same as HTML. Where an excerpt ends, the style sheet shows its reference."""
    html = "".join(_html(each) for each in segments(text, excerpts))
    return mark_safe(html)  # noqa: S308 what is not escaped here are numbers


def _html(segment: Segment) -> str:
    words = escape(segment.text)
    if not segment.excerpts:
        return words
    return (
        f'<mark class="placework-mark placework-mark--{segment.depth}" id="at-{segment.start}"'
        f"{_references(segment.ending)}>{words}</mark>"
    )


def _references(ending: tuple[Excerpt, ...]) -> str:
    if not ending:
        return ""
    return f' data-ends="{" ".join(each.reference for each in ending)}"'
