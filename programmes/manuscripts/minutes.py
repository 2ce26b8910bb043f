"""The minutes of a panel meeting, as the board stands for the person who asks for them."""

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.formats import date_format

from documents.charts import spans
from documents.manuscript import Block, DataTable, Manuscript, Part, Picture, Prose, Subheading
from programmes.models import Call, PanelMember
from programmes.queries.board import Board, Line
from programmes.queries.lots import Draw
from programmes.ranking import BAND, DRAWS, INTERVAL, SEED
from programmes.tables.board import chance, decided, span_of
from programmes.times import said

PARTLY = (
    "Whoever asked for this file is recused from at least one application of the call. It is worked out"
    " from the others alone; it has no line and no decisions."
)

AT_ONCE = 20  # applications in a picture


def minutes(board: Board, draws: Iterable[Draw], *, on: date) -> Manuscript:
    """`draws` are shown to whoever sees the whole board, as decisions are."""
    call = board.call
    parts = [
        Part("The panel", tuple(_panel(board))),
        Part("Ranking", (*_method(board), *_pictures(board), _ranking(board))),
        Part("Scores by criterion", (_scores(board),)),
    ]
    if board.is_whole:
        parts.append(Part("Decisions", tuple(_decisions(board, list(draws)))))
    return Manuscript(
        title="Minutes of the panel meeting",
        subtitle=call.title,
        cover=(
            ("Programme", call.cohort.programme.name),
            ("Cohort", str(call.cohort.number)),
            ("Applications", str(len(board.lines))),
            *((("Places", str(call.places_offered)),) if board.is_whole else ()),
        ),
        notice="" if board.is_whole else PARTLY,
        parts=tuple(parts),
        written_on=on,
    )


def _panel(board: Board) -> Iterator[Block]:
    yield DataTable(
        caption="Members",
        header=("Member", "Organisation", "Part"),
        rows=tuple((str(each), each.organisation, _part(each)) for each in board.members),
    )
    recused = [
        (str(member), called(line))
        for member in board.members
        for line in sorted(board.lines, key=lambda line: line.application.number)
        if member in line.recused
    ]
    if recused:
        yield DataTable(
            caption="Recusals: who saw and decided nothing of which application",
            header=("Member", "Application"),
            rows=tuple(recused),
        )
    else:
        yield Prose("No member was recused.")


def _part(member: PanelMember) -> str:
    if member.removed_at is not None:
        return f"Left on {date_format(member.removed_at, 'j F Y')}"
    return "Chair" if member.is_chair else "Member"


def _method(board: Board) -> Iterator[Block]:
    yield Subheading("How the ranking was made")
    yield Prose(
        "Each member's score of an application is the mean of their scores by criterion, weighted as the"
        " call says. The raw mean is the mean over the members who scored it. The corrected mean takes"
        " off what these members give more or less than others do, as an additive model of application"
        " and member with shrinkage estimates it. Ranks follow the corrected mean."
    )
    yield Prose(
        f"How certain a rank is comes from {DRAWS:,} draws from the model's residuals, with the seed"
        f" {SEED}: {INTERVAL:.0%} of them put an application between the ranks given. The band around the"
        f" line holds every application that {BAND:.0%} to {1 - BAND:.0%} of the draws put above it."
    )
    for doubt in board.ranking.doubts:
        yield Prose(str(doubt))


def _pictures(board: Board) -> Iterator[Block]:
    """As many as fit on a page with their titles; all have one scale."""
    drawn = [span for line in board.lines if (span := span_of(line))]
    description = f"Between which of {len(drawn)} ranks each application lies."
    if board.places is not None:
        description += f" The line is after {board.places}."
    yield Subheading("How certain each rank is")
    for start in range(0, len(drawn), AT_ONCE):
        piece = drawn[start : start + AT_ONCE]
        title = f"By rank, {start + 1} to {start + len(piece)}"
        yield Picture(
            svg=spans(title, description, piece, len(drawn), board.places),
            title=title,
            description=description,
        )


def _ranking(board: Board) -> DataTable:
    header = ["Rank", "Application", "Corrected mean", "Raw mean", "Between", "Scored by"]
    if board.places is not None:
        header += ["Above the line", "In the band"]
    return DataTable(
        caption="Applications by rank",
        header=tuple(header),
        rows=tuple(_ranked(line, has_line=board.places is not None) for line in board.lines),
        numbers=frozenset({0, 2, 3}),
    )


def _ranked(line: Line, *, has_line: bool) -> tuple[str, ...]:
    place = line.place
    between = f"{place.first} to {place.last}" if place.rank else "Not scored"
    cells = (
        str(place.rank or ""),
        called(line),
        _number(place.corrected, 2),
        _number(place.raw, 2),
        between,
        f"{line.scored_by} of {line.readers}",
    )
    return (*cells, chance(line), "Yes" if place.is_in_band else "No") if has_line else cells


def _scores(board: Board) -> DataTable:
    return DataTable(
        caption="Mean scores, and the spread between the highest and the lowest member",
        header=("Application", *(str(each) for each in board.criteria), "Spread"),
        rows=tuple(
            (called(line), *(_number(mean, 1) for mean in line.means), _number(line.spread, 1))
            for line in board.lines
        ),
        numbers=frozenset(range(1, len(board.criteria) + 2)),
    )


def _decisions(board: Board, draws: list[Draw]) -> Iterator[Block]:
    decisions = [line for line in board.lines if line.decision]
    if decisions:
        yield DataTable(
            caption="Decisions",
            header=("Application", "Decision", "Reason"),
            rows=tuple(
                (called(line), decided(line) or "", _reason(line, draws)) for line in decisions
            ),
        )
    else:
        yield Prose("No decision was prepared yet.")
    if draws:
        yield DataTable(
            caption="Ties broken by lot: sorted by the SHA-256 of seed, space and reference",
            header=("Lot", "Between", "Seed", "Order drawn", "Reason", "Drawn"),
            rows=tuple(_lot(draw, board.call) for draw in draws),
        )


def _lot(draw: Draw, call: Call) -> tuple[str, ...]:
    lot = draw.lot
    number = f"{draw.number}, after {draw.instead_of}" if draw.instead_of else str(draw.number)
    drawn = f"{said(lot.drawn_at, call)}, by {lot.drawn_by_name}"
    return number, ", ".join(lot.between), lot.seed, ", ".join(lot.drawn), lot.reason, drawn


def _reason(line: Line, draws: list[Draw]) -> str:
    decision = line.decision
    assert decision
    number = next((draw.number for draw in draws if draw.lot.pk == decision.lot_id), None)
    by_lot = f"By lot {number}." if number else ""
    return " ".join(filter(None, [decision.reason, by_lot]))


def called(line: Line) -> str:
    return f"{line.application.reference} {line.application.place_name}"


def _number(value: float | None, decimals: int) -> str:
    return "" if value is None else f"{value:.{decimals}f}"
