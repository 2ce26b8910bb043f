"""When two ways of writing something are the same to us, and what a misspelt word was meant to be."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from programmes.importing.faults import quoted


def squeezed(text: str) -> str:
    """On one line, with single spaces."""
    return " ".join(text.split())


def folded(text: str) -> str:
    """Names that differ only in case or spaces are one name."""
    return squeezed(text).casefold()


def bare(text: str) -> str:
    """Headings and choices that differ only in case, spaces and punctuation are one."""
    return re.sub(r"[\W_]+", "", text.casefold())


def suggestion(word: str, known: Iterable[str]) -> str:
    """“Did you mean …?” where something close is known, else nothing."""
    by_fold = {folded(name): name for name in known}
    close = get_close_matches(folded(word), by_fold, n=1, cutoff=0.75)
    return f" Did you mean {quoted(by_fold[close[0]])}?" if close else ""
