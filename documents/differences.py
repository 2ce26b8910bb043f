"""Two texts compared word by word, and two changes of one text put together paragraph by paragraph."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

_WORDS = re.compile(r"\s+|\w+|[^\w\s]")


class Kind(StrEnum):
    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Run:
    """A stretch of text that both have, or only one of them."""

    kind: Kind
    text: str


@dataclass(frozen=True)
class Merged:
    """Both changes in one text. Where they touched the same paragraph, both stand there in turn."""

    text: str
    is_clean: bool


def differences(old: str, new: str) -> list[Run]:
    """What `new` removed from `old` and added to it, in reading order."""
    runs: list[Run] = []
    # Paragraphs first: comparing every word with every other would take seconds in a long text.
    before, after = _lines(old), _lines(new)
    for same, a, b in _opcodes(before, after):
        for run in [Run(Kind.SAME, "".join(a))] if same else _by_word("".join(a), "".join(b)):
            if runs and runs[-1].kind == run.kind:
                runs[-1] = Run(run.kind, runs[-1].text + run.text)
            elif run.text:
                runs.append(run)
    return runs


def _by_word(old: str, new: str) -> Iterator[Run]:
    for same, a, b in _opcodes(_WORDS.findall(old), _WORDS.findall(new)):
        if same:
            yield Run(Kind.SAME, "".join(a))
        else:
            yield Run(Kind.REMOVED, "".join(a))
            yield Run(Kind.ADDED, "".join(b))


def _opcodes(a: list[str], b: list[str]) -> Iterator[tuple[bool, list[str], list[str]]]:
    for tag, a1, a2, b1, b2 in SequenceMatcher(None, a, b).get_opcodes():
        yield tag == "equal", a[a1:a2], b[b1:b2]


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Both what `mine` and what `theirs` changed in `base`; nothing of either is left out."""
    original = _paragraphs(base)
    left, right = (_changes(original, _paragraphs(text)) for text in (mine, theirs))
    merged: list[str] = []
    is_clean = True
    for a1, a2, ours, others in _side_by_side(original, left, right):
        kept = original[a1:a2]
        if ours == others or others == kept:
            merged += ours
        elif ours == kept:
            merged += others
        else:
            is_clean = False
            merged += others + ours
    return Merged("\n\n".join(merged), is_clean)


Change = tuple[int, int, list[str]]  # paragraphs [start, end) of the base become these


def _changes(base: list[str], new: list[str]) -> list[Change]:
    matcher = SequenceMatcher(None, base, new, autojunk=False)
    return [(a1, a2, new[b1:b2]) for tag, a1, a2, b1, b2 in matcher.get_opcodes() if tag != "equal"]


def _side_by_side(
    base: list[str], left: list[Change], right: list[Change]
) -> Iterator[tuple[int, int, list[str], list[str]]]:
    """The base in stretches, each with what it became on either side."""
    at = 0
    left, right = list(left), list(right)
    while left or right:
        start = min(change[0] for change in (*left[:1], *right[:1]))
        yield at, start, base[at:start], base[at:start]
        end, ours, others = _overlapping(start, left, right)
        yield start, end, _apply(base, start, end, ours), _apply(base, start, end, others)
        at = end
    yield at, len(base), base[at:], base[at:]


def _overlapping(
    start: int, left: list[Change], right: list[Change]
) -> tuple[int, list[Change], list[Change]]:
    """Take from both lists all changes that overlap, from `start` on."""
    end = start
    taken: tuple[list[Change], list[Change]] = ([], [])
    found = True
    while found:
        found = False
        for changes, mine in zip((left, right), taken, strict=True):
            while changes and (changes[0][0] == start or changes[0][0] < end):
                change = changes.pop(0)
                mine.append(change)
                end, found = max(end, change[1]), True
    return end, *taken


def _apply(base: list[str], start: int, end: int, changes: list[Change]) -> list[str]:
    result: list[str] = []
    at = start
    for a1, a2, new in changes:
        result += base[at:a1] + new
        at = a2
    return result + base[at:end]


def _lines(text: str) -> list[str]:
    return text.splitlines(keepends=True)


def _paragraphs(text: str) -> list[str]:
    return [each for each in re.split(r"\n[ \t]*\n+", text.strip("\n")) if each]
