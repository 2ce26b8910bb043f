"""The addresses inside a document that tie quotes to the entries that resolve them."""

from documents.manuscript.blocks import Manuscript, Quote, Thread


class Anchors:
    """`entries` and `quotes` map a reference to where it is resolved and to where it is first quoted.

    All begin with `name`, where several manuscripts stand on one page.
    """

    def __init__(self, manuscript: Manuscript, name: str = "") -> None:
        blocks = [block for part in manuscript.parts for block in part.blocks]
        threads = [block for block in blocks if isinstance(block, Thread)]
        references = [entry.reference for thread in threads for entry in thread.entries]
        quoted = [block.reference for block in blocks if isinstance(block, Quote)]
        firsts = dict.fromkeys(reference for reference in quoted if reference)
        self.entries = {each: f"{name}entry-{n}" for n, each in enumerate(references, start=1)}
        self.quotes = {each: f"{name}quote-{n}" for n, each in enumerate(firsts, start=1)}
        self._free = dict(self.quotes)

    def taken_for_quote(self, reference: str) -> str:
        """The anchor for the next quote: only the first of several with one reference carries it."""
        return self._free.pop(reference, "")
