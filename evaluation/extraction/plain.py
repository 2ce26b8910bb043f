"""Plain text and Markdown: only the encoding is in question."""

import codecs

from charset_normalizer import from_bytes

from evaluation.extraction.outcome import Extracted, NotReadable

LIKELY = ["cp1252", "mac_roman"]  # what British offices wrote before UTF-8
NAMES = {"cp1252": "Windows-1252", "mac_roman": "Mac Roman"}


def read_plain(content: bytes) -> Extracted:
    """The text as it stands; Markdown is not interpreted."""
    text, warnings = decoded(content)
    return Extracted(text, warnings)


def decoded(content: bytes) -> tuple[str, list[str]]:
    """The text of these bytes, with a warning where the encoding had to be guessed."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf_16(content)
    try:
        return content.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        guess = from_bytes(content, cp_isolation=LIKELY).best() or from_bytes(content).best()
    if guess is None:
        raise NotReadable(
            "The letters of this file cannot be made out. Choose a Word file, a PDF, a workbook,"
            " or plain text saved in UTF-8."
        )
    name = NAMES.get(guess.encoding, guess.encoding)
    return str(guess), [
        f"The file does not say how its letters are written; {name} was guessed."
        " Check accents, quotation marks and pound signs."
    ]


def _utf_16(content: bytes) -> tuple[str, list[str]]:
    try:
        return content.decode("utf-16"), []
    except UnicodeDecodeError:
        text = content.decode("utf-16", "replace")
    return text, ["Some letters of this file are damaged. Look for \ufffd in the text."]
