"""What the glyphs of a PDF stand for, so that what is copied or read out is what was written.

WeasyPrint notes for each glyph the text of the cluster where it first met it. That is wrong where a
cluster has several glyphs, as a letter with two accents: one glyph gets all of it, for the whole
document, and the others get nothing. The font itself knows better.
"""

import io
import unicodedata
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from fontTools.ttLib import TTFont

SINGLE, ALTERNATE, LIGATURE, EXTENSION = 1, 3, 4, 7  # kinds of substitution in a font
INVISIBLE = "\u2060"  # for a glyph that stands for no character of its own: a word joiner
SPACE_AND_HYPHEN = (" ", "-")
PASSES = 3  # a form of a form of a ligature is as far as fonts go


class ReadableFonts(dict[Any, Any]):
    """The fonts of a document: before they are written, their glyphs get their own characters."""

    _mended = False

    def values(self) -> Any:
        if not self._mended:  # once: what is written is cut down to what is used
            self._mended = True
            for font in super().values():
                mend(font.to_unicode, _characters(font.file_content, font.index))
        return super().values()


def mend(noted: dict[int, str], known: dict[int, str]) -> None:
    """Correct what was `noted` for each glyph by what the font has `known` it for.

    A glyph may stand for several characters, so what was noted is kept unless it says nothing, or too
    much (the whole of a cluster of which the glyph is a part), or would make every space of the
    document one that does not break because the first one was.
    """
    for glyph, text in noted.items():
        own = known.get(glyph, "")
        if not text:
            noted[glyph] = unicodedata.normalize("NFKC", own) or INVISIBLE
        elif own in SPACE_AND_HYPHEN or (own and _is_part(own, text)):
            noted[glyph] = own


def _is_part(own: str, text: str) -> bool:
    """Whether all characters of `own`, and not only they, are in the text."""
    parts, whole = (Counter(unicodedata.normalize("NFD", each)) for each in (own, text))
    return parts < whole


@lru_cache(maxsize=64)
def _characters(content: bytes, number: int) -> dict[int, str]:
    """The characters of each glyph of a font, those made of others by substitution among them."""
    font = TTFont(io.BytesIO(content), fontNumber=number, lazy=True)
    known: dict[str, str] = {}
    for code, name in sorted(font.getBestCmap().items()):
        if unicodedata.category(chr(code)) != "Co":  # a code of the font maker's own says nothing
            known.setdefault(name, chr(code))
    substitutions = list(_substitutions(font))
    for _ in range(PASSES):
        for made, parts in substitutions:
            if made not in known and all(part in known for part in parts):
                known[made] = "".join(known[part] for part in parts)
    return {font.getGlyphID(name): text for name, text in known.items()}


def _substitutions(font: Any) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each glyph that the font puts in the place of others, and the others."""
    lookups = font["GSUB"].table.LookupList.Lookup if "GSUB" in font else []
    for table in (each for lookup in lookups for each in lookup.SubTable):
        if table.LookupType == EXTENSION:
            table = table.ExtSubTable
        if table.LookupType == SINGLE:
            for before, after in table.mapping.items():
                yield after, (before,)
        elif table.LookupType == ALTERNATE:
            for before, several in table.alternates.items():
                yield from ((after, (before,)) for after in several)
        elif table.LookupType == LIGATURE:
            for first, ligatures in table.ligatures.items():
                yield from ((each.LigGlyph, (first, *each.Component)) for each in ligatures)
