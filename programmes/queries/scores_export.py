"""Scores, recusals, design and ranking of a panel without names, so that others can compute it again.

Applications and members stand under codes that stay the same from one export to the next, and tell
nothing. The rows are in order of these codes, and the ranking is computed in that order: means and ranks
are those of the board, and intervals and chances may differ from it by what another order of draws makes.
"""

import base64
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import F
from django.utils.crypto import salted_hmac

from accounts.models import Person
from documents.tables.book import Sheet
from programmes.models import (
    Application,
    Call,
    Criterion,
    DecisionOutcome,
    PanelMember,
    Phase,
    Reading,
    Standing,
)
from programmes.queries.board import (
    Pair,
    Values,
    assigned_on,
    criteria_of,
    standings_on,
    submitted_on,
    totals_of,
)
from programmes.queries.lots import Draw, draws_of
from programmes.queries.recusals import exported_for, has_recusals
from programmes.ranking import BAND, DRAWS, INTERVAL, SEED, Given, Ranking, ranked

SALT = "programmes.scores_export"
LETTERS = 8  # of a code: thousands of rows get different ones


@dataclass(frozen=True)
class Panel:
    """All that an export tells, by code."""

    call: Call
    criteria: tuple[Criterion, ...]
    applications: Mapping[str, Application]  # by code, in its order
    members: Mapping[str, PanelMember]
    standing: Mapping[Pair, str]
    assigned: set[Pair]
    submitted: Mapping[Pair, Values]
    totals: Mapping[Pair, float]
    outcomes: Mapping[int, str]  # that are released, by id of the application
    draws: Sequence[Draw]
    is_whole: bool


def code_of(kind: str, pk: int) -> str:
    """`A-` or `M-` and letters that nobody can work out without the secret of this installation."""
    digest = salted_hmac(SALT, f"{kind} {pk}", algorithm="sha256").digest()
    return f"{kind}-{base64.b32encode(digest).decode()[:LETTERS]}"


def panel_for(person: Person, call: Call) -> Panel:
    """What `person` may know: nothing of what they are recused from, and then no line either."""
    seats = list(call.members.only("person_id", "removed_at", "call_id"))
    has_sat = any(row.person_id == person.pk for row in seats)
    is_whole = not (has_sat and has_recusals(call, person))
    rows = list(
        exported_for(person, call, has_sat=has_sat)
        .only("number", "call_id")
        .annotate(outcome=F("decision__outcome"), released_at=F("decision__released_at"))
    )
    applications = {code_of("A", row.pk): row for row in rows}
    members = {code_of("M", row.pk): row for row in seats}
    shown = [row.pk for row in rows]
    criteria = tuple(criteria_of(call))
    standing = standings_on(shown)
    submitted = {
        pair: values
        for pair, values in submitted_on(shown).items()
        if standing.get(pair) == Standing.CLEAR
    }
    return Panel(
        call=call,
        criteria=criteria,
        applications=dict(sorted(applications.items())),
        members=dict(sorted(members.items())),
        standing=standing,
        assigned=assigned_on(call, shown),
        submitted=submitted,
        totals=totals_of(submitted, criteria),
        outcomes={row.pk: row.outcome for row in rows if row.released_at} if is_whole else {},
        draws=draws_of(call) if is_whole and call.phase == Phase.RELEASED else [],
        is_whole=is_whole,
    )


def sheets_of(panel: Panel) -> list[Sheet]:
    """The tables of an export."""
    ranking = _ranking(panel)
    return [
        Sheet("about", ("what", "value"), list(_about(panel, ranking))),
        Sheet(
            "criteria",
            ("criterion", "name", "weight"),
            [(each.key, str(each), each.weight) for each in panel.criteria],
        ),
        Sheet("members", ("member", "severity"), list(_members(panel, ranking))),
        Sheet("design", ("application", "member", "status"), list(_design(panel))),
        Sheet(
            "scores",
            ("application", "member", *(each.key for each in panel.criteria), "weighted mean"),
            list(_scores(panel)),
        ),
        Sheet("ranking", RANKING, list(_ranks(panel, ranking))),
        Sheet("lots", ("lot", "stands", "place drawn", "application"), list(_lots(panel))),
    ]


RANKING = (
    "application",
    "raw mean",
    "corrected mean",
    "raw rank",
    "rank",
    "rank from",
    "rank to",
    "chance above the line",
    "in the band",
    "decision",
)


def _ranking(panel: Panel) -> Ranking:
    """With the positions of the codes as numbers, so that the codes alone give the same again."""
    application_at = {row.pk: n for n, row in enumerate(panel.applications.values())}
    member_at = {row.pk: n for n, row in enumerate(panel.members.values())}
    given = [
        Given(application_at[application], member_at[member], total)
        for (application, member), total in panel.totals.items()
    ]
    places = panel.call.places_offered if panel.is_whole else None
    return ranked(application_at.values(), given, places)


def _about(panel: Panel, ranking: Ranking) -> Iterator[tuple[str, str | int | float | None]]:
    yield "call", panel.call.title
    yield "programme", panel.call.cohort.programme.name
    yield "cohort", panel.call.cohort.number
    yield "places above the line", ranking.places
    yield "draws", DRAWS
    yield "seed of the draws (numpy PCG64)", SEED
    yield "share of draws between rank from and rank to", INTERVAL
    yield "in the band: chance from", BAND
    yield "in the band: chance to", 1 - BAND
    for doubt in ranking.doubts:
        yield "doubt", str(doubt)
    if not panel.is_whole:
        yield "left out", "What you are recused from, and the line, the band and the decisions"


def _members(panel: Panel, ranking: Ranking) -> Iterator[tuple[str, float | None]]:
    for n, code in enumerate(panel.members):
        yield code, ranking.severity.get(n)


def _design(panel: Panel) -> Iterator[tuple[str, str, str]]:
    for code, application in panel.applications.items():
        for member_code, member in panel.members.items():
            yield code, member_code, _status(panel, (application.pk, member.pk), member)


def _status(panel: Panel, pair: Pair, member: PanelMember) -> str:
    standing = panel.standing.get(pair)
    if standing is None:
        return "not declared"
    if standing != Standing.CLEAR:
        return "recused" if standing == Standing.RECUSED else "to be settled"
    if pair in panel.totals:
        return "scored"
    if member.removed_at is not None:
        return "left the panel"
    if panel.call.reading == Reading.ASSIGNED and pair not in panel.assigned:
        return "not assigned"
    return "not scored"


def _scores(panel: Panel) -> Iterator[tuple[str | int | float, ...]]:
    for code, application in panel.applications.items():
        for member_code, member in panel.members.items():
            pair = application.pk, member.pk
            if pair in panel.totals:
                values = panel.submitted[pair]
                each = (values[criterion.key] for criterion in panel.criteria)
                yield code, member_code, *each, panel.totals[pair]


def _lots(panel: Panel) -> Iterator[tuple[int, bool, int, str]]:
    """The orders drawn, once all is released. Seeds are in the minutes: they would tell who is who."""
    codes = {row.reference: code for code, row in panel.applications.items()}
    for draw in panel.draws:
        for place, reference in enumerate(draw.lot.drawn, start=1):
            yield (
                draw.number,
                draw.stands,
                place,
                codes.get(reference, "withdrew before the release"),
            )


def _ranks(panel: Panel, ranking: Ranking) -> Iterator[tuple[str | float | bool | None, ...]]:
    codes = list(panel.applications)
    for row in ranking.rows:
        code = codes[row.application]
        outcome = panel.outcomes.get(panel.applications[code].pk)
        yield (
            code,
            row.raw,
            row.corrected,
            row.raw_rank,
            row.rank,
            row.first,
            row.last,
            row.above,
            row.is_in_band,
            DecisionOutcome(outcome).label if outcome else None,
        )
