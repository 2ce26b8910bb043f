"""The text of an uploaded file, with warnings for whoever checks it."""

from documents.texts import normalise
from evaluation.extraction.outcome import Extracted, NotReadable
from evaluation.extraction.pdf import Progress, page_count, read_pdf
from evaluation.extraction.plain import read_plain
from evaluation.extraction.recognising import ACCEPTED, FileKind, recognise
from evaluation.extraction.rows import read_separated_rows, read_workbook_rows
from evaluation.extraction.word import read_word
from evaluation.texts import LONGEST

__all__ = ["ACCEPTED", "Extracted", "NotReadable", "extract", "is_slow"]

SLOW_PAGES = 40  # a second or two


def is_slow(file_name: str, content: bytes) -> bool:
    """Whether reading this file takes longer than somebody should wait for a page."""
    return recognise(file_name, content) is FileKind.PDF and page_count(content) > SLOW_PAGES


def extract(
    file_name: str, content: bytes, progress: Progress = lambda done, of: None
) -> Extracted:
    """The normalised text of a file. Raises NotReadable with what to do."""
    kind = recognise(file_name, content)
    if kind is FileKind.PDF:
        extracted = read_pdf(content, progress)
    elif kind is FileKind.WORD:
        extracted = read_word(content)
    elif kind is FileKind.WORKBOOK:
        extracted = read_workbook_rows(content)
    elif kind is FileKind.TABLE:
        extracted = read_separated_rows(content)
    else:
        extracted = read_plain(content)
    normalised = normalise(extracted.text)
    if not normalised.text.strip():
        raise NotReadable("There is no text in this file.")
    if len(normalised.text) > LONGEST:
        raise NotReadable(f"The text of this file is longer than {LONGEST:,} characters. Split it.")
    return Extracted(normalised.text, [*extracted.warnings, *normalised.warnings])
