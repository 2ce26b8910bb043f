"""Markdown as paragraphs of a Word file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import zip_longest
from typing import Any

from docx.oxml.ns import qn
from markdown_it.token import Token

from documents import markdown
from documents.manuscript.word_xml import add_link, add_paragraph, element, new_numbering
from documents.printable import printable

DEEPEST_LIST = 3  # the levels for which Word has list styles
BREAK = "* * *"


@dataclass
class _Position:
    """Where in lists and quotations the next paragraph stands."""

    lists: list[tuple[str, str]] = field(default_factory=list)  # style and numbering
    quotations: int = 0
    item_begins: bool = False


def add_prose(document: Any, text: str, *, below: int) -> None:
    """Add the text under a heading of level `below`, where 1 is a part's."""
    position = _Position()
    # In HTML a part's heading has level 2, because the title is 1; in Word it is Heading 1.
    tokens = markdown.parsed(text, below=below + 1)
    for token, inline in _with_inline(tokens):
        match token.type:
            case "bullet_list_open":
                position.lists.append((_list_style("List Bullet", position), ""))
            case "ordered_list_open":
                style = _list_style("List Number", position)
                position.lists.append((style, new_numbering(document, style)))
            case "bullet_list_close" | "ordered_list_close":
                position.lists.pop()
            case "list_item_open":
                position.item_begins = True
            case "blockquote_open":
                position.quotations += 1
            case "blockquote_close":
                position.quotations -= 1
            case "heading_open":
                level = int(token.tag[1]) - 1
                _fill(add_paragraph(document, style=f"Heading {level}"), inline)
            case "paragraph_open":
                _fill(_paragraph(document, position), inline)
            case "fence" | "code_block":
                add_paragraph(document, token.content.rstrip("\n"), "Code")
            case "hr":
                add_paragraph(document, BREAK)


def _with_inline(tokens: list[Token]) -> Iterator[tuple[Token, list[Token]]]:
    """Each block token, an opening one with the pieces of text that follow it."""
    for token, after in zip_longest(tokens, tokens[1:]):
        yield token, (after.children or [] if after and after.type == "inline" else [])


def _list_style(name: str, position: _Position) -> str:
    level = min(len(position.lists) + 1, DEEPEST_LIST)
    return name if level == 1 else f"{name} {level}"


def _paragraph(document: Any, position: _Position) -> Any:
    if not position.lists:
        return add_paragraph(document, style="Quote" if position.quotations else "Normal")
    style, numbering = position.lists[-1]
    if not position.item_begins:  # a further paragraph of the same item
        return document.add_paragraph(
            style=style.replace("Bullet", "Continue").replace("Number", "Continue")
        )
    position.item_begins = False
    paragraph = add_paragraph(document, style=style)
    if numbering:
        properties = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        properties.append(element("w:ilvl", val="0"))
        properties.append(element("w:numId", val=numbering))
    return paragraph


def _fill(paragraph: Any, inline: list[Token]) -> None:
    bold = italic = 0
    address = ""
    for token in inline:
        match token.type:
            case "strong_open" | "strong_close":
                bold += token.nesting
            case "em_open" | "em_close":
                italic += token.nesting
            case "link_open":
                address = str(token.attrs["href"])
            case "link_close":
                address = ""
            case "softbreak":
                paragraph.add_run(" ")
            case "hardbreak":
                paragraph.add_run().add_break()
            case "text" | "code_inline":
                if address:
                    run = add_link(paragraph, token.content, address=address)
                else:
                    run = paragraph.add_run(printable(token.content))
                run.bold, run.italic = bool(bold) or None, bool(italic) or None
                if token.type == "code_inline":
                    run.font.name = "Courier New"
                    run._r.rPr.rFonts.set(qn("w:cs"), "Courier New")
