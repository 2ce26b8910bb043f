"""The look of our Word files, as styles that people can change in Word in one place."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from documents.manuscript.word_xml import element

LANGUAGE = "en-GB"
FONT = "Arial"  # on every machine that opens Word files; ours cannot travel with them
PETROL = RGBColor(0x14, 0x50, 0x5C)
DARK = RGBColor(0x0D, 0x37, 0x41)
INK = RGBColor(0x1B, 0x25, 0x29)
QUIET = RGBColor(0x48, 0x58, 0x5E)
HEADINGS = {1: 20, 2: 15, 3: 12.5, 4: 11, 5: 11}


def dress(document: Any) -> None:
    """Set paper, language and styles of an empty document."""
    for section in document.sections:
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.left_margin = section.right_margin = Mm(22)
        section.top_margin, section.bottom_margin = Mm(27), Mm(24)
        section.different_first_page_header_footer = True
    _set_language(document)
    styles = document.styles
    _set(styles["Normal"], size=10.5, colour=INK, after=6)
    _set(styles["Title"], size=30, colour=PETROL, bold=True, after=6)
    _remove_border(styles["Title"])
    _set(styles["Subtitle"], size=14, colour=QUIET, italic=False, after=24)
    for level, size in HEADINGS.items():
        heading = styles[f"Heading {level}"]
        _set(heading, size=size, colour=DARK, bold=True, italic=False, before=14, after=4)
    styles["Heading 1"].paragraph_format.page_break_before = True
    _set(styles["Quote"], size=11, colour=INK, italic=True, before=10, after=2)
    styles["Quote"].paragraph_format.left_indent = Mm(8)
    styles["Quote"].paragraph_format.keep_with_next = True
    _set(styles["Caption"], size=10, colour=DARK, bold=True, before=12, after=4)
    styles["Caption"].paragraph_format.keep_with_next = True
    for name in ("Header", "Footer"):
        _set(styles[name], size=8.5, colour=QUIET)
    _add(styles, "Attribution", size=9.5, colour=QUIET, after=10).paragraph_format.left_indent = Mm(
        8
    )
    _add(styles, "Notice", size=10.5, colour=INK, before=6, after=12)
    _add(styles, "Contents Heading", size=20, colour=DARK, bold=True, after=8)
    _add(styles, "Contents Entry", size=10.5, colour=INK, after=3)
    _add(styles, "Code", size=9.5, colour=INK, after=6).font.name = "Courier New"
    _add(styles, "Table Text", size=9.5, colour=INK, after=0)
    link = styles.add_style("Link", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb = PETROL
    link.font.underline = True


def _set(
    style: Any,
    *,
    size: float,
    colour: RGBColor,
    bold: bool | None = None,
    italic: bool | None = None,
    before: float = 0,
    after: float = 0,
) -> None:
    style.font.name = FONT
    fonts = style.element.rPr.rFonts
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)  # a theme's font would win over the one named
    fonts.set(qn("w:cs"), FONT)
    style.font.size = Pt(size)
    style.font.color.rgb = colour
    style.font.bold, style.font.italic = bold, italic
    style.paragraph_format.space_before = Pt(before)
    style.paragraph_format.space_after = Pt(after)
    style.hidden = False


def _add(styles: Any, name: str, **look: Any) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = styles["Normal"]
    _set(style, **look)
    return style


def _remove_border(style: Any) -> None:
    border = style.element.pPr.find(qn("w:pBdr"))
    style.element.pPr.remove(border)


def _set_language(document: Any) -> None:
    defaults = document.styles.element.find(qn("w:docDefaults"))
    language = next(defaults.iter(qn("w:lang")))
    language.set(qn("w:val"), LANGUAGE)
    settings = document.settings.element
    theme = settings.find(qn("w:themeFontLang"))
    theme.getparent().replace(theme, element("w:themeFontLang", val=LANGUAGE))
