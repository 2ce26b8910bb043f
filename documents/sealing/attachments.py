"""The files inside a PDF, read with a limit on what they unpack to."""

from collections.abc import Iterator
from typing import Any

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

MOST = 100  # more are not looked at
DEPTH = 8  # of the tree that lists them


def attachments(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    """Name and content of each attached file."""
    names = entry(reader.root, "/Names")
    tree = entry(names, "/EmbeddedFiles") if names is not None else None
    found = _specifications(tree, DEPTH) if tree is not None else iter(())
    for _, specification in zip(range(MOST), found, strict=False):
        content = specification["/EF"]["/F"]
        if isinstance(content, StreamObject):
            yield str(entry(specification, "/UF") or entry(specification, "/F")), content.data


def entry(dictionary: DictionaryObject, key: str) -> Any:
    """What stands under the key, wherever it is kept; None when nothing does."""
    return dictionary[key] if key in dictionary else None  # noqa: SIM401 `get` would not look it up


def _specifications(node: DictionaryObject, depth: int) -> Iterator[DictionaryObject]:
    """The leaves of a name tree, whose arrays hold names and values in turns."""
    if depth == 0:
        raise ValueError("a tree of names that is too deep")
    for kid in entry(node, "/Kids") or ():
        yield from _specifications(kid.get_object(), depth - 1)
    yield from (each.get_object() for each in list(entry(node, "/Names") or ())[1::2])
