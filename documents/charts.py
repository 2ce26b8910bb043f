"""Charts as SVG pictures, drawn on the server: the same on a page, in a PDF and in a Word file.

Each bar carries its figure, and series differ in lightness, so that nothing hangs on colour alone.
Nothing here needs a style sheet, a script or the network: the content security policy allows no inline
style, and the same figures give the same bytes.
"""

import hashlib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from xml.sax.saxutils import escape

from documents.fonts import STACK
from documents.printable import printable

WIDTH = 640
LABEL_WIDTH = 216
LABEL_LINES = 4
SIZE = 14  # of the text
LINE = 18
BAR = 22
GAP = 12
CHARACTER = 7.2  # a generous width of one character at SIZE
NOTHING = "There is nothing to show yet."
INK = "#1b2529"
# From dark to light and back; each with the colour of a number that stands on it.
COLOURS = (
    ("#14505c", "#ffffff"),
    ("#e0a37c", INK),
    ("#7a3413", "#ffffff"),
    ("#a9c6cc", INK),
    ("#4d5a9a", "#ffffff"),
    ("#e8d9a0", INK),
)

STRIP = 160  # the width of a strip in a table
THIN = 12  # the height of a span
SURE, IN_BAND = "Sure to be on its side of the line", "In the band around the line"

# Columns over time, small enough to be read as they are on a telephone.
NARROW = 288
COLUMN = 22
COLUMNS_HIGH = 72
SMALL = 11  # of their text

Row = tuple[str, Sequence[int]]


@dataclass(frozen=True)
class Span:
    """A rank, and the ranks between which it lies; drawn hollow where it may be on either side."""

    label: str
    rank: int
    first: int
    last: int
    is_hollow: bool = False

    @property
    def spoken(self) -> str:
        told = f"{self.label}: rank {self.rank}, between {self.first} and {self.last}"
        return f"{told}, in the band" if self.is_hollow else told


@dataclass(frozen=True)
class Column:
    """One moment: a number, of how many if there is a whole; nothing where there was none to tell."""

    label: str  # a letter or three
    spoken: str  # the moment in full
    number: int | None
    of: int | None = None
    below: str = ""  # under some of the labels: a year

    @property
    def told(self) -> str:
        if self.number is None:
            return f"{self.spoken}: nothing to measure"
        return f"{self.spoken}: {self.number}" + (f" of {self.of}" if self.of is not None else "")


@dataclass(frozen=True)
class _Bar:
    """A row with its place in the picture."""

    label: list[str]
    numbers: Sequence[int]
    top: float
    height: float


def bars(title: str, description: str, rows: Sequence[tuple[str, int]]) -> str:
    """Horizontal bars, one a row, each with its number beside it."""
    return stacked_bars(title, description, [(label, (number,)) for label, number in rows])


def stacked_bars(
    title: str, description: str, rows: Sequence[Row], series: Sequence[str] = ()
) -> str:
    """Horizontal bars made of one piece for each series, with the row's sum beside it.

    `title` and `description` together are the text for people who do not see the picture.
    """
    if any(number < 0 for _, numbers in rows for number in numbers):
        raise ValueError("A bar cannot show a number below 0.")
    legend, top = _legend(series)
    placed = list(_placed(rows, top))
    height = placed[-1].top + placed[-1].height if placed else top + LINE + GAP
    longest = max((sum(numbers) for _, numbers in rows), default=0)
    number_width = _width(f"{longest:,}") * CHARACTER + GAP
    scale = (WIDTH - LABEL_WIDTH - GAP - number_width) / (longest or 1)
    body = [legend, *(_drawn(bar, scale) for bar in placed)]
    if not placed:
        body.append(_text(0, top + SIZE, NOTHING))
    return _picture(title, description, _spoken(rows, series), height, "".join(body))


def spans(
    title: str, description: str, rows: Sequence[Span], of: int, line: int | None = None
) -> str:
    """For each row the ranks between which it lies, out of `of`, and the line after rank `line`."""
    legend, top = "", float(LINE)
    if line is not None:
        dark = COLOURS[0][0]
        legend = _rectangle(0, 2, SIZE, SIZE, dark) + _text(LINE + GAP / 2, SIZE, SURE)
        second = top + GAP / 2
        legend += _hollow(1, second + 2, SIZE - 2, SIZE - 2)
        legend += _text(LINE + GAP / 2, second + SIZE, IN_BAND)
        top = second + 2 * LINE + GAP
    left, width = float(LABEL_WIDTH + GAP), float(WIDTH - LABEL_WIDTH - 2 * GAP)
    height = top + len(rows) * BAR
    drawn = [legend]
    for number, row in enumerate(rows):
        middle = top + (number + 0.5) * BAR
        label = _shortened(row.label, int(LABEL_WIDTH / CHARACTER))
        drawn.append(_text(0, middle + 5, label))
        drawn.append(_spanned(row, left, middle, width / of))
    if line is not None:
        drawn.append(_upright(left + line * width / of, top - 4, height))
        drawn.append(_text(left + line * width / of, top - 8, f"after {line}", anchor="middle"))
    if not rows:
        drawn.append(_text(0, top, NOTHING))
    figures = "; ".join(row.spoken for row in rows) or NOTHING
    return _picture(title, description, figures, height + GAP, "".join(drawn))


def columns(title: str, description: str, moments: Sequence[Column]) -> str:
    """Upright bars, one a moment, each with its number above; hollow up to the whole it is a part of."""
    highest = max((max(each.of or 0, each.number or 0) for each in moments), default=0)
    scale = COLUMNS_HIGH / (highest or 1)
    ground = float(LINE + COLUMNS_HIGH)
    drawn = [
        _column(each, COLUMN * place, ground, scale) for place, each in enumerate(moments)
    ] or [_text(0, LINE, NOTHING)]
    figures = "; ".join(each.told for each in moments) or NOTHING
    height, body = ground + 2 * LINE, "".join(drawn)
    return _picture(title, description, figures, height, body, width=NARROW, size=SMALL)


def _column(moment: Column, x: float, ground: float, scale: float) -> str:
    middle = x + COLUMN / 2
    shown = "-" if moment.number is None else f"{moment.number}"
    high = (moment.number or 0) * scale
    whole = max(high, (moment.of or 0) * scale)
    drawn = _text(middle, ground - whole - 4, shown, anchor="middle")
    if moment.of:
        drawn += _hollow(x + 3, ground - whole, COLUMN - 6, whole, stroke=1)
    if high:
        drawn += _rectangle(x + 3, ground - high, COLUMN - 6, high, COLOURS[0][0])
    drawn += _text(middle, ground + SIZE, moment.label, anchor="middle")
    return drawn + (
        _text(middle, ground + 2 * SIZE, moment.below, anchor="middle") if moment.below else ""
    )


def strip(row: Span, of: int, line: int | None = None) -> str:
    """One span alone, for a table's cell; all strips of a table have one scale."""
    drawn = _spanned(row, 0, BAR / 2, STRIP / of)
    if line is not None:
        drawn += _upright(line * STRIP / of, 0, BAR)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {STRIP} {BAR}" width="{STRIP}"'
        f' height="{BAR}" role="img" aria-label="Between {row.first} and {row.last} of {of}">'
        f"{drawn}</svg>"
    )


def _spanned(row: Span, left: float, middle: float, step: float) -> str:
    x, width = left + (row.first - 1) * step, (row.last - row.first + 1) * step
    y, dark = middle - THIN / 2, COLOURS[0][0]
    if row.is_hollow:
        shape = _hollow(x + 1, y + 1, max(1.0, width - 2), THIN - 2)
    else:
        shape = _rectangle(x, y, width, THIN, dark)
    point = left + (row.rank - 0.5) * step
    colour = dark if row.is_hollow else "#ffffff"
    return f'{shape}<circle cx="{_number(point)}" cy="{_number(middle)}" r="3" fill="{colour}"/>'


def _hollow(x: float, y: float, width: float, height: float, stroke: int = 2) -> str:
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}"'
        f' height="{_number(height)}" fill="#ffffff" stroke="{COLOURS[0][0]}" stroke-width="{stroke}"/>'
    )


def _upright(x: float, top: float, bottom: float) -> str:
    at = _number(x)
    return (
        f'<line x1="{at}" y1="{_number(top)}" x2="{at}" y2="{_number(bottom)}"'
        f' stroke="{COLOURS[2][0]}" stroke-width="2" stroke-dasharray="4 2"/>'
    )


def _picture(
    title: str,
    description: str,
    figures: str,
    height: float,
    body: str,
    width: int = WIDTH,
    size: int = SIZE,
) -> str:
    name = " ".join(f"{title.strip().rstrip('.')}. {description}".split())
    key = hashlib.sha256(f"{name}{figures}{body}".encode(errors="replace")).hexdigest()[:10]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {_number(height)}"'
        f' width="{width}" height="{_number(height)}" role="img"'
        f' aria-labelledby="chart-{key}-title" aria-describedby="chart-{key}-figures"'
        f' font-family="{STACK}" font-size="{size}" fill="{INK}">'
        f'<title id="chart-{key}-title">{_escaped(name)}</title>'
        f'<desc id="chart-{key}-figures">{_escaped(figures)}</desc>{body}</svg>'
    )


def _spoken(rows: Sequence[Row], series: Sequence[str]) -> str:
    """The figures as a sentence."""
    told = []
    for label, numbers in rows:
        pieces = [f"{name} {number:,}" for name, number in zip(series, numbers, strict=False)]
        detail = f" ({', '.join(pieces)})" if pieces else ""
        told.append(f"{label}: {sum(numbers):,}{detail}")
    return "; ".join(told) or NOTHING


def _legend(series: Sequence[str]) -> tuple[str, float]:
    """What each colour stands for, and where the bars begin below it."""
    drawn, x, y = [], 0.0, 0.0
    for name, (colour, _) in zip(series, cycle(COLOURS), strict=False):
        label = _shortened(name, int((WIDTH - LINE) / CHARACTER))
        width = LINE + GAP / 2 + _width(label) * CHARACTER + 2 * GAP
        if x and x + width > WIDTH:
            x, y = 0.0, y + LINE + GAP / 2
        drawn.append(_rectangle(x, y + 2, SIZE, SIZE, colour))
        drawn.append(_text(x + LINE + GAP / 2, y + SIZE, label))
        x += width
    return "".join(drawn), y + LINE + GAP if series else 0.0


def _placed(rows: Sequence[Row], top: float) -> Iterator[_Bar]:
    for label, numbers in rows:
        lines = _wrapped(label, int(LABEL_WIDTH / CHARACTER))
        height = max(BAR, len(lines) * LINE) + GAP
        yield _Bar(lines, numbers, top, height)
        top += height


def _drawn(bar: _Bar, scale: float) -> str:
    middle = bar.top + (bar.height - GAP) / 2
    first = middle - len(bar.label) * LINE / 2 + SIZE
    drawn = [_text(0, first + LINE * n, line) for n, line in enumerate(bar.label)]
    x = float(LABEL_WIDTH + GAP)
    for number, (colour, ink) in zip(bar.numbers, cycle(COLOURS), strict=False):
        width = number * scale
        drawn.append(_rectangle(x, middle - BAR / 2, width, BAR, colour))
        if len(bar.numbers) > 1 and _width(f"{number:,}") * CHARACTER + 6 < width:
            middle_of_piece = x + width / 2
            drawn.append(_text(middle_of_piece, middle + 5, f"{number:,}", ink, "middle"))
        x += width
    drawn.append(_text(x + GAP / 2, middle + 5, f"{sum(bar.numbers):,}", weight="bold"))
    return "".join(drawn)


def _rectangle(x: float, y: float, width: float, height: float, colour: str) -> str:
    # The white line keeps neighbours apart whatever their colours.
    return (
        f'<rect x="{_number(x)}" y="{_number(y)}" width="{_number(width)}"'
        f' height="{_number(height)}" fill="{colour}" stroke="#ffffff"/>'
    )


def _text(
    x: float, y: float, text: str, colour: str = INK, anchor: str = "start", weight: str = ""
) -> str:
    more = f' fill="{colour}"' if colour != INK else ""
    more += f' text-anchor="{anchor}"' if anchor != "start" else ""
    more += f' font-weight="{weight}"' if weight else ""
    return f'<text x="{_number(x)}" y="{_number(y)}"{more}>{_escaped(text)}</text>'


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _escaped(text: str) -> str:
    return escape(printable(text))


def _width(text: str) -> int:
    """How many ordinary characters wide a text is: wide ones count twice, combining ones not."""
    return sum(
        0 if unicodedata.combining(each) else 1 + (unicodedata.east_asian_width(each) in "WF")
        for each in text
    )


def _wrapped(text: str, width: int) -> list[str]:
    """The text in lines of this width; what is more than LABEL_LINES of them is cut with an ellipsis."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, width):
            longer = f"{lines[-1]} {piece}".strip()
            if _width(longer) <= width:
                lines[-1] = longer
            else:
                lines.append(piece)
    if len(lines) > LABEL_LINES:
        last = _shortened(f"{lines[LABEL_LINES - 1]} {lines[LABEL_LINES]}", width)
        lines[LABEL_LINES - 1 :] = [last]
    return lines


def _pieces(word: str, width: int) -> Iterator[str]:
    """A word that is wider than a line, cut; combining characters stay with what they combine with."""
    piece = ""
    for character in word:
        if _width(piece + character) > width:
            yield piece
            piece = ""
        piece += character
    yield piece


def _shortened(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while _width(text) >= width:
        text = text[:-1]
    return text.rstrip() + "…"
