"""What a stored text looks like: the same for every room that keeps what people type."""

import re
from dataclasses import dataclass

BYTE_ORDER_MARK = "\ufeff"
REPLACEMENT = "\ufffd"
SURROGATE = re.compile("[\ud800-\udfff]")

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
