"""All that the board of a call shows to one person, in a constant number of queries.

Everything is computed from the applications that this person may see and from nothing else: whoever
is recused from one gets means, ranks and intervals as if it did not exist. They also get no line and
no decisions, since where these fall among the rest would tell of it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean

from django.db.models import QuerySet

from accounts.models import Person
from programmes.models import (
    Application,
    Assignment,
    Call,
    Criterion,
    Decision,
    Interest,
    PanelMember,
    Reading,
    ScoreSheet,
    ScoresOfOthers,
    Standing,
    SubmittedScores,
)
from programmes.queries.call_versions import published_of
from programmes.queries.recusals import compared_by, has_recusals, readable_by, seats_of
from programmes.queries.switches import switches_of
from programmes.ranking import Given, Ranked, Ranking, ranked, weighted_mean

Pair = tuple[int, int]  # application, member
Values = dict[str, int]  # {key of the criterion: score}


@dataclass(frozen=True)
class Line:
    """One application on the board."""

    application: Application
    place: Ranked
    means: tuple[float | None, ...]  # of each criterion
    scored_by: int
    readers: int  # who have scored it, or are still to
    spread: float | None  # between the highest and the lowest member
    recused: tuple[PanelMember, ...]
    decision: Decision | None


@dataclass(frozen=True)
class Board:
    """What one person sees. `is_whole` is False for whoever is recused from an application of the call."""

    call: Call
    criteria: tuple[Criterion, ...]
    lines: tuple[Line, ...]  # first rank first
    ranking: Ranking
    members: tuple[PanelMember, ...]
    is_whole: bool

    @property
    def places(self) -> int | None:
        """How many are above the line; None: no line is drawn."""
        return self.ranking.places

    @property
    def band(self) -> list[Line]:
        return [line for line in self.lines if line.place.is_in_band]

    @property
    def severity(self) -> list[tuple[PanelMember, float]]:
        """Of each member who has scored, most lenient first: how far they are from the others."""
        known = [
            (member, self.ranking.severity[member.pk])
            for member in self.members
            if member.pk in self.ranking.severity
        ]
        return sorted(known, key=lambda pair: (-pair[1], pair[0].pk))


def board_for(person: Person, call: Call) -> Board:
    """The board of a call as `person` may see it. Whether they may at all is the view's question."""
    is_whole = not has_recusals(call, person)
    applications = list(
        compared_by(person, call).only("number", "place_name", "place", "state", "call")
    )
    shown = [application.pk for application in applications]
    criteria = tuple(criteria_of(call))
    members = tuple(call.members.select_related("person").order_by("pk"))
    standing = standings_on(shown)
    submitted = {
        pair: values
        for pair, values in submitted_on(shown).items()
        if standing.get(pair) == Standing.CLEAR
    }
    totals = totals_of(submitted, criteria)
    numbers = {application.pk: application.number for application in applications}
    ranking = ranked(
        numbers.values(),
        [Given(numbers[pk], member, total) for (pk, member), total in totals.items()],
        call.places_offered if is_whole else None,
    )
    tally = _Tally(
        call=call,
        criteria=criteria,
        members=members,
        standing=standing,
        assigned=assigned_on(call, shown),
        totals=totals,
        submitted={pair: submitted[pair] for pair in totals},
        decisions=_decisions(shown) if is_whole else {},
    )
    by_number = {application.number: application for application in applications}
    lines = tuple(tally.line(by_number[place.application], place) for place in ranking.rows)
    return Board(call, criteria, lines, ranking, members, is_whole)


def criteria_of(call: Call) -> QuerySet[Criterion]:
    """What everybody is scored on: the criteria of the latest version that was published."""
    rows = Criterion.objects.filter(version=published_of(call.pk)).select_related("dimension")
    return rows.only("key", "weight", "position", "dimension__name").order_by("position")


def not_scored_by(member: PanelMember) -> QuerySet[Application]:
    """What a member is to read, and has not handed in scores for."""
    done = ScoreSheet.objects.filter(member=member, submitted_at__isnull=False)
    return readable_by(member).exclude(pk__in=done.values("application"))


@dataclass(frozen=True)
class Waiting:
    """Why the board is not shown yet to somebody who sits on the panel."""

    never: bool  # in this phase
    missing: list[Application]  # whose scores they have to hand in first


def waiting_for(person: Person, call: Call) -> Waiting | None:
    """While members score, whoever sits on the panel sees others' scores as the phase's switch says."""
    switches = switches_of(call)
    if not switches.members_score or switches.scores_of_others == ScoresOfOthers.ALWAYS:
        return None
    seat = seats_of(person).filter(call=call).select_related("call").first()
    if seat is None:
        return None
    if switches.scores_of_others == ScoresOfOthers.NEVER:
        return Waiting(never=True, missing=[])
    missing = list(not_scored_by(seat).only("number", "place_name"))
    return Waiting(never=False, missing=missing) if missing else None


@dataclass(frozen=True)
class _Tally:
    """The rows of the board's queries, by application and member."""

    call: Call
    criteria: tuple[Criterion, ...]
    members: tuple[PanelMember, ...]
    standing: dict[Pair, str]
    assigned: set[Pair]
    totals: dict[Pair, float]
    submitted: dict[Pair, Values]
    decisions: dict[int, Decision]

    def line(self, application: Application, place: Ranked) -> Line:
        pairs = [(application.pk, member.pk) for member in self.members]
        scored = [pair for pair in pairs if pair in self.totals]
        totals = [self.totals[pair] for pair in scored]
        return Line(
            application=application,
            place=place,
            means=tuple(
                _mean(self.submitted[pair][criterion.key] for pair in scored)
                for criterion in self.criteria
            ),
            scored_by=len(scored),
            readers=sum(
                pair in self.totals or self._is_to_read(member, pair)
                for member, pair in zip(self.members, pairs, strict=True)
            ),
            spread=max(totals) - min(totals) if totals else None,
            recused=tuple(
                member
                for member, pair in zip(self.members, pairs, strict=True)
                if self.standing.get(pair) == Standing.RECUSED
            ),
            decision=self.decisions.get(application.pk),
        )

    def _is_to_read(self, member: PanelMember, pair: Pair) -> bool:
        if member.removed_at is not None:
            return False
        if self.standing.get(pair, Standing.CLEAR) != Standing.CLEAR:
            return False
        return self.call.reading == Reading.ALL or pair in self.assigned


def _mean(values: Iterable[int]) -> float | None:
    known = list(values)
    return fmean(known) if known else None


def totals_of(submitted: dict[Pair, Values], criteria: Sequence[Criterion]) -> dict[Pair, float]:
    """The weighted mean of every sheet that has all criteria."""
    weights = {criterion.key: criterion.weight for criterion in criteria}
    means = {pair: weighted_mean(values, weights) for pair, values in submitted.items()}
    return {pair: mean for pair, mean in means.items() if mean is not None}


def standings_on(shown: list[int]) -> dict[Pair, str]:
    rows = Interest.objects.filter(application__in=shown)
    found = rows.values_list("application_id", "member_id", "standing")
    return {(application, member): standing for application, member, standing in found}


def submitted_on(shown: list[int]) -> dict[Pair, Values]:
    """What each member handed in last. Those who left the panel are among them: they have read it."""
    rows = SubmittedScores.objects.filter(sheet__application__in=shown)
    latest = rows.order_by("sheet", "-number").distinct("sheet")
    found = latest.values_list("sheet__application_id", "sheet__member_id", "values")
    return {(application, member): values for application, member, values in found}


def assigned_on(call: Call, shown: list[int]) -> set[Pair]:
    if call.reading == Reading.ALL:
        return set()
    rows = Assignment.objects.filter(application__in=shown)
    return set(rows.values_list("application_id", "member_id"))


def _decisions(shown: list[int]) -> dict[int, Decision]:
    return {row.application_id: row for row in Decision.objects.filter(application__in=shown)}
