"""The text of a PDF, page by page. A PDF holds glyphs at places, not a text, so most is worth a look."""

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import structlog
from pypdf import PageObject, PdfReader

from documents.texts import REPLACEMENT
from evaluation.extraction.outcome import Extracted, NotReadable, numbers, several

log = structlog.get_logger(__name__)

MOST_PAGES = 1_000
SPLIT_WORD = re.compile(r"[^\W\d_]-\n[a-zà-ÿ]")
COLUMN_JUMP = 200  # points: text that goes on so much further up is in another column, or a box

PROTECTED = "This PDF is protected with a password. Save a copy without one."
DAMAGED = "This PDF is damaged and cannot be read. Open it, save it as a new PDF, and choose that."
ONLY_PICTURES = (
    "This PDF holds pictures of pages and no text. Have the text recognised first, or type it."
)
READ_THROUGH = (
    "Page headers, footers and page numbers of the PDF stand in the text."
    " Take out what is not evidence."
)

Progress = Callable[[int, int], None]


@dataclass
class _Page:
    text: str
    jumps_up: bool = False


@dataclass
class _Heights:
    """Follows how far up the page each piece of text stands."""

    last: float | None = None
    jumped: bool = False

    def __call__(self, text: str, page: Any, line: Any, _font: Any, _size: Any) -> None:
        """`page` and `line` are the matrices that place a line on the page, one after the other."""
        if not text.strip():
            return
        height = float(line[4] * page[1] + line[5] * page[3] + page[5])
        if self.last is not None and height - self.last > COLUMN_JUMP:
            self.jumped = True
        self.last = height


def page_count(content: bytes) -> int:
    return len(_opened(content).pages)


def read_pdf(content: bytes, progress: Progress = lambda done, of: None) -> Extracted:
    """The text of every page, with warnings on scanned pages, columns and split words."""
    reader = _opened(content)
    pages = list(_read(reader, progress))
    if not any(page.text for page in pages):
        raise NotReadable(ONLY_PICTURES)
    text = "\n\n".join(page.text for page in pages if page.text)
    return Extracted(text, list(_warnings(pages, text)))


def _opened(content: bytes) -> PdfReader:
    try:
        reader = PdfReader(io.BytesIO(content))
        # Many are encrypted against changes only, and open with no password.
        if reader.is_encrypted and not reader.decrypt(""):
            raise NotReadable(PROTECTED)
        count = len(reader.pages)
    except NotReadable:
        raise
    # A damaged or hostile file makes pypdf raise nearly anything; none of it is ours.
    except Exception as error:
        log.warning("pdf_unreadable", exc_info=True)
        raise NotReadable(DAMAGED) from error
    if count > MOST_PAGES:
        raise NotReadable(f"This PDF has more than {MOST_PAGES:,} pages. Split it.")
    return reader


def _read(reader: PdfReader, progress: Progress) -> Iterator[_Page]:
    count = len(reader.pages)
    for number, page in enumerate(reader.pages, start=1):
        progress(number - 1, count)
        yield _page(page, number)
    progress(count, count)


def _page(page: PageObject, number: int) -> _Page:
    heights = _Heights()
    try:
        text = page.extract_text(visitor_text=heights)
    except Exception as error:
        log.warning("pdf_page_unreadable", page=number, exc_info=True)
        raise NotReadable(f"Page {number}: {DAMAGED}") from error
    lines = [line.rstrip() for line in text.splitlines()]
    return _Page("\n".join(lines).strip(), heights.jumped)


def _warnings(pages: list[_Page], text: str) -> Iterator[str]:
    blank = [number for number, page in enumerate(pages, start=1) if not page.text]
    if blank:
        have = "has" if len(blank) == 1 else "have"
        yield f"{numbers(blank, 'Page')} {have} no text: blank, or a picture. Look at the original."
    jumping = [number for number, page in enumerate(pages, start=1) if page.jumps_up]
    if jumping:
        seem = "seems" if len(jumping) == 1 else "seem"
        yield f"{numbers(jumping, 'Page')} {seem} to have columns or boxes. Check the order of the text."
    unknown = text.count(REPLACEMENT)
    if unknown:
        count = several(unknown, "character", "characters")
        yield f"{count} could not be made out. Look for {REPLACEMENT} and compare with the original."
    split = len(SPLIT_WORD.findall(text))
    if split:
        count = several(split, "word is", "words are")
        yield f"{count} split at the end of a line. Join what should be whole."
    yield READ_THROUGH
