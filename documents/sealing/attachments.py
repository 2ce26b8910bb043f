"""The files inside a PDF, read with a limit on what they unpack to."""

from collections.abc import Iterator

from pyhanko.pdf_utils.generic import DictionaryObject, StreamObject
from pyhanko.pdf_utils.reader import PdfFileReader

MOST = 100  # more are not looked at
DEPTH = 8  # of the tree that lists them


def attachments(reader: PdfFileReader) -> Iterator[tuple[str, bytes]]:
    """Name and content of each attached file."""
    names = reader.root.get("/Names", {}).get("/EmbeddedFiles")
    found = _specifications(names, DEPTH) if names is not None else iter(())
    for _, specification in zip(range(MOST), found, strict=False):
        content = specification["/EF"]["/F"]
        if isinstance(content, StreamObject):
            yield str(specification.get("/UF", specification.get("/F", ""))), content.data


def _specifications(node: DictionaryObject, depth: int) -> Iterator[DictionaryObject]:
    """The leaves of a name tree, whose arrays hold names and values in turns."""
    if depth == 0:
        raise ValueError("a tree of names that is too deep")
    for kid in node.get("/Kids", ()):
        yield from _specifications(kid.get_object(), depth - 1)
    yield from (each.get_object() for each in list(node.get("/Names", ()))[1::2])
