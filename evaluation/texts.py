"""What a stored text looks like, so that a span of code points means the same everywhere."""

import hashlib
import re
from dataclasses import dataclass

BYTE_ORDER_MARK = "\ufeff"
REPLACEMENT = "\ufffd"
SURROGATE = re.compile("[\ud800-\udfff]")
LONGEST = 1_000_000  # code points; about five hundred pages

NULS_REMOVED = "Null characters were removed. They mean nothing in a text."
SURROGATES_REPLACED = (
    f"Characters that were cut in half were replaced by {REPLACEMENT}. Check the words around them."
)


@dataclass(frozen=True)
class Normalised:
    text: str
    warnings: list[str]


def normalise(text: str) -> Normalised:
    """LF line ends, no byte order mark, nothing that PostgreSQL or UTF-8 cannot hold; else untouched."""
    warnings = []
    if "\0" in text:
        text = text.replace("\0", "")
        warnings.append(NULS_REMOVED)
    if SURROGATE.search(text):
        # Halves that belong together are joined; a half by itself is no character.
        before = text.count(REPLACEMENT)
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if text.count(REPLACEMENT) > before:
            warnings.append(SURROGATES_REPLACED)
    text = text.lstrip(BYTE_ORDER_MARK).replace("\r\n", "\n").replace("\r", "\n")
    return Normalised(text, warnings)


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def places_of(passage: str, text: str) -> list[int]:
    """Where `passage` begins in `text`, each place, also where two overlap."""
    places = []
    at = text.find(passage)
    while at >= 0:
        places.append(at)
        at = text.find(passage, at + 1)
    return places
