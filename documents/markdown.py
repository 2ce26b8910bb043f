"""Markdown that people write: CommonMark without HTML, without pictures, and with links to the web only."""

import re
import string
from collections.abc import Sequence
from functools import lru_cache

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = ("http", "https", "mailto")
LOWEST_HEADING = 6


class _Parser(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802 the library's name
        return url.partition(":")[0].lower() in SCHEMES


_SIGNS = re.compile(f"[{re.escape(string.punctuation)}]")
_INVISIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")

_parser = _Parser("commonmark", {"html": False}).disable("image")


@lru_cache(maxsize=1024)  # most texts stay as they are
def as_html(text: str, *, below: int = 2) -> SafeString:
    """The text as HTML. Its headings go below a heading of level `below`, and skip none."""
    html = str(_parser.renderer.render(parsed(text, below=below), _parser.options, {}))
    return mark_safe(html)  # noqa: S308 HTML is off, so all of it is the renderer's own


def parsed(text: str, *, below: int = 2) -> list[Token]:
    """The tokens of the text, with headings at the levels that they have in the document."""
    tokens = _parser.parse(text)
    _shift_headings(tokens, below)
    return tokens


def _shift_headings(tokens: Sequence[Token], below: int) -> None:
    above: list[str] = []
    level = below
    for token in tokens:
        if token.type == "heading_open":
            while above and above[-1] >= token.tag:
                above.pop()
            above.append(token.tag)
            level = min(below + len(above), LOWEST_HEADING)
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{level}"


def literally(text: str) -> str:
    """What somebody typed, as Markdown that says just that: the same words, lines and paragraphs."""
    lines = [_INVISIBLE.sub("", line).strip() for line in text.splitlines()]
    paragraphs = "\n".join(lines).strip().split("\n\n")
    return "\n\n".join(
        "\\\n".join(_SIGNS.sub(r"\\\g<0>", line) for line in paragraph.strip().split("\n"))
        for paragraph in paragraphs
        if paragraph.strip()
    )
