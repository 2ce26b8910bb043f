"""How a section's text places quotes: a paragraph that is just `[Q7]` stands for excerpt Q7."""

import re
from dataclasses import dataclass

# An editor that writes Markdown may escape the brackets: `\[Q7\]` is the same mark.
_MARK = re.compile(r" {0,3}\\?\[Q([1-9][0-9]{0,8})\\?\]\s*", re.IGNORECASE)
# Only line feeds end a line here, and only spaces and tabs make one blank: as in Markdown.
_BLANK = re.compile(r"[ \t]*")


@dataclass(frozen=True)
class Words:
    """Paragraphs as they were written, in Markdown."""

    text: str


@dataclass(frozen=True)
class Mark:
    """A placed quote: the excerpt's number, and which paragraph of the text it is."""

    number: int
    paragraph: int

    @property
    def reference(self) -> str:
        return f"Q{self.number}"


Piece = Words | Mark


def pieces(text: str) -> list[Piece]:
    """The text in order, as runs of written paragraphs and the quotes between them."""
    found: list[Piece] = []
    for position, lines in enumerate(_paragraphs(text), start=1):
        numbers = [_MARK.fullmatch(line) for line in lines]
        if all(numbers):
            found += [Mark(int(match[1]), position) for match in numbers if match]
        elif found and isinstance(found[-1], Words):
            found[-1] = Words(found[-1].text + "\n\n" + "\n".join(lines))
        else:
            found.append(Words("\n".join(lines)))
    return found


def marks(text: str) -> list[Mark]:
    return [piece for piece in pieces(text) if isinstance(piece, Mark)]


def with_mark(text: str, reference: str) -> str:
    """The text with one more quote placed at its end."""
    before = text.rstrip("\n")
    return f"{before}\n\n[{reference}]\n" if before else f"[{reference}]\n"


def _paragraphs(text: str) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in text.split("\n"):
        if _BLANK.fullmatch(line):
            found.append([])
        else:
            found[-1].append(line)
    return [lines for lines in found if lines]
