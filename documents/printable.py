"""Which characters a document can hold."""

import re

# XML may not hold these, and so neither the metadata of a PDF nor a Word file.
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


def printable(text: str) -> str:
    """The text without the invisible control characters that no document format can hold."""
    return _UNPRINTABLE.sub("", text)
