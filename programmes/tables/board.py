"""The columns of the board: as cells of the page, as values of the file, and by what they are sorted."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from documents.charts import Span, strip
from documents.tables.column import Value
from programmes.models import Application, Criterion
from programmes.queries.board import Board, Line

RANK = "rank"
Address = Callable[[Application], str]


@dataclass(frozen=True)
class Column:
    key: str
    label: str
    value: Callable[[Line], Value]
    shown: Callable[[Line], str] | None = None  # as markup; otherwise the value with its decimals
    decimals: int = 0
    is_number: bool = True
    on_page: bool = True

    def cell(self, line: Line) -> SafeString:
        number = " govuk-table__cell--numeric" if self.is_number else ""
        return SafeString(f'<td class="govuk-table__cell{number}">{self._markup(line)}</td>')

    def _markup(self, line: Line) -> str:
        if self.shown:
            return self.shown(line)
        value = self.value(line)
        if value is None:
            return ""
        return f"{value:.{self.decimals}f}" if isinstance(value, float) else escape(str(value))

    def exported(self, line: Line) -> Value:
        value = self.value(line)
        return round(value, 4) if isinstance(value, float) else value


def columns_of(board: Board) -> list[Column]:
    """What this board has to say; no chance and no decision where its reader sees no line."""
    ranks = sum(line.place.rank is not None for line in board.lines)
    columns = [
        Column("name", "Application", lambda line: line.application.place_name, is_number=False),
        Column(RANK, "Rank", lambda line: line.place.rank),
        Column("between", "Between", _between, _drawn(ranks, board.places), is_number=False),
        Column("corrected", "Corrected mean", lambda line: line.place.corrected, decimals=2),
        Column("raw", "Raw mean", lambda line: line.place.raw, decimals=2),
    ]
    if board.places is not None:
        columns.append(Column("above", "Above the line", _above, _as_chance))
    columns += [
        Column("scored", "Scored by", lambda line: line.scored_by, _coverage),
        Column("spread", "Spread", lambda line: line.spread, decimals=1),
        *_of_criteria(board.criteria),
    ]
    if board.is_whole:
        columns.append(Column("decision", "Decision", decided, is_number=False))
    return columns


def head(line: Line, address: Address | None) -> SafeString:
    """The cell that names the application, with what marks it."""
    name = escape(f"{line.application.reference} {line.application.place_name}")
    if address:
        name = f'<a class="govuk-link" href="{address(line.application)}">{name}</a>'
    for tag in _tags(line):
        name += f' <strong class="govuk-tag govuk-tag--grey">{tag}</strong>'
    return SafeString(
        f'<th scope="row" class="govuk-table__header placework-board__name">{name}</th>'
    )


def in_order(board: Board, columns: list[Column], sort: str) -> list[Line]:
    """The board's lines by a column; those of which it says nothing come last either way."""
    key, down = sort.removeprefix("-"), sort.startswith("-")
    column = next(column for column in columns if column.key == key)
    known = [line for line in board.lines if column.value(line) is not None]
    unknown = [line for line in board.lines if column.value(line) is None]
    known.sort(key=lambda line: _sortable(column.value(line)), reverse=down)
    return known + unknown


def decided(line: Line) -> str | None:
    return line.decision.get_outcome_display() if line.decision else None


def chance(line: Line) -> str:
    """The chance of being above the line in words that do not round doubt away."""
    above = line.place.above
    if above is None:
        return "Not known"
    if 0 < above < 0.01:
        return "Under 1%"
    if 0.99 < above < 1:
        return "Over 99%"
    return f"{above:.0%}"


def span_of(line: Line) -> Span | None:
    place = line.place
    if place.rank is None or place.first is None or place.last is None:
        return None
    label = f"{line.application.reference} {line.application.place_name}"
    return Span(label, place.rank, place.first, place.last, place.is_in_band)


def _sortable(value: Value) -> tuple[float, str]:
    return (0, value.casefold()) if isinstance(value, str) else (float(value or 0), "")  # type: ignore[arg-type]


def _tags(line: Line) -> Iterator[str]:
    if line.place.is_in_band:
        yield "In the band"
    if line.place.is_tied:
        yield "Tied"


def _between(line: Line) -> str | None:
    place = line.place
    return None if place.first is None else f"{place.first} to {place.last}"


def _drawn(ranks: int, places: int | None) -> Callable[[Line], str]:
    def drawn(line: Line) -> str:
        span = span_of(line)
        if span is None:
            return "Not scored yet"
        seen = f'{strip(span, ranks, places)}<span aria-hidden="true">{_between(line)}</span>'
        return f'<span class="placework-board__between">{seen}</span>'

    return drawn


def _above(line: Line) -> float | None:
    return line.place.above


def _as_chance(line: Line) -> str:
    return chance(line)


def _coverage(line: Line) -> str:
    return f"{line.scored_by} of {line.readers}"


def _of_criteria(criteria: tuple[Criterion, ...]) -> Iterator[Column]:
    equal = len({criterion.weight for criterion in criteria}) == 1
    for n, criterion in enumerate(criteria):
        label = str(criterion) if equal else f"{criterion} (weight {criterion.weight})"
        yield Column(f"c{n + 1}", label, _mean_of(n), decimals=1)


def _mean_of(n: int) -> Callable[[Line], float | None]:
    return lambda line: line.means[n]
