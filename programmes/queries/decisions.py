"""What is decided of each application. Nobody with a recusal may see it before the release."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from programmes.models import (
    Application,
    ApplicationState,
    Decision,
    DecisionChange,
    DecisionOutcome,
)
from programmes.queries.board import Board, Line

_OUTCOMES = list(DecisionOutcome)  # the best first
_STANDS_AS: dict[str, str] = {
    ApplicationState.SELECTED: DecisionOutcome.SELECT,
    ApplicationState.RESERVE: DecisionOutcome.RESERVE,
    ApplicationState.DECLINED: DecisionOutcome.DECLINE,
}


@dataclass(frozen=True)
class Verdict:
    """What is decided of one application. No outcome: nothing is."""

    outcome: str = ""
    order: int | None = None  # of a reserve
    reason: str = ""
    lot: int | None = None  # which decided it

    @property
    def rank(self) -> tuple[int, int]:
        """The better, the lower."""
        return _OUTCOMES.index(DecisionOutcome(self.outcome)), self.order or 0

    @property
    def in_words(self) -> str:
        """`Reserve 2`; nothing if nothing is decided."""
        if not self.outcome:
            return ""
        label = DecisionOutcome(self.outcome).label
        return f"{label} {self.order}" if self.order else label


def verdict_of(row: Decision | DecisionChange) -> Verdict:
    return Verdict(row.outcome, row.reserve_order, row.reason, row.lot_id)


@dataclass(frozen=True)
class Case:
    """One application on the board with all that was ever decided of it, by number."""

    line: Line
    changes: Mapping[int, DecisionChange]

    @property
    def application(self) -> Application:
        return self.line.application

    @property
    def number(self) -> int:
        return max(self.changes, default=0)

    @property
    def now(self) -> Verdict:
        return self.at(self.number)

    @property
    def stands_as(self) -> str:
        """The outcome as it stands: after the release, a reserve that has moved up is selected."""
        return _STANDS_AS.get(self.application.state, self.now.outcome)

    def at(self, number: int) -> Verdict:
        """As it stood after this change, which is what a page showed."""
        change = self.changes.get(number)
        return verdict_of(change) if change else Verdict()


def cases_on(board: Board) -> dict[int, Case]:
    """{number of the application: case}, first rank first: one query beyond the board's."""
    shown = [line.application.pk for line in board.lines]
    changes: dict[int, dict[int, DecisionChange]] = {}
    for row in DecisionChange.objects.filter(application__in=shown):
        changes.setdefault(row.application_id, {})[row.number] = row
    return {
        line.application.number: Case(line, changes.get(line.application.pk, {}))
        for line in board.lines
    }


@dataclass(frozen=True)
class Tally:
    """How many are decided as what."""

    selected: int
    reserves: int
    declined: int
    undecided: int


def tally_of(cases: Collection[Case]) -> Tally:
    return _counted(case.stands_as for case in cases)


def _counted(outcomes: Iterable[str]) -> Tally:
    every = list(outcomes)
    return Tally(
        selected=every.count(DecisionOutcome.SELECT),
        reserves=every.count(DecisionOutcome.RESERVE),
        declined=every.count(DecisionOutcome.DECLINE),
        undecided=every.count(""),
    )
