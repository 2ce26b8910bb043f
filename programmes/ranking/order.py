"""The ranking of all applications, scored or not, with its band and with what makes it doubtful."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from programmes.ranking.additive import Fit, Given, fit
from programmes.ranking.bands import BAND, certainty, ranks


class Doubt(StrEnum):
    """Why a ranking says less than it seems to, as a sentence."""

    NOTHING_SCORED = "Nobody has submitted scores yet."
    SOME_UNSCORED = "Not every application has scores yet. Those without any have no rank."
    ONE_MEMBER = (
        "Only one member has scored, so nothing tells how lenient they are: the corrected mean is"
        " the raw mean, and no rank is certain."
    )
    NO_SPARE_SCORES = (
        "Too few applications were scored by several members to tell a lenient member from a strong"
        " application: the corrected mean is the raw mean, and no rank is certain."
    )
    SEPARATE_GROUPS = (
        "The applications fall into groups that no member has scored across. Ranks between groups"
        " assume that the members of one are as lenient as those of another."
    )


@dataclass(frozen=True)
class Ranked:
    """Where one application stands."""

    application: int
    raw: float | None = None
    corrected: float | None = None
    raw_rank: int | None = None  # equal ones share the first of their ranks
    rank: int | None = None
    first: int | None = None  # the interval of its rank
    last: int | None = None
    above: float | None = None  # the chance of being above the line
    is_in_band: bool = False
    is_tied: bool = False  # another has the same corrected mean


@dataclass(frozen=True)
class Ranking:
    """All applications, first rank first; those without scores last, in order of their numbers."""

    rows: tuple[Ranked, ...]
    severity: dict[int, float]  # of members who have scored; above nought is lenient
    doubts: tuple[Doubt, ...]
    places: int | None  # above the line; None: no line is drawn

    def of(self, application: int) -> Ranked:
        return next(row for row in self.rows if row.application == application)


def ranked(
    applications: Iterable[int], given: Iterable[Given], places: int | None = None
) -> Ranking:
    """Rank the applications by corrected mean. A reader who is missing is simply not among `given`.

    With `places`, say of each what the chance is that it belongs among so many, and who is in the
    band around that line. An application without scores is in the band: nothing is certain of it.
    """
    keys = sorted(set(applications))
    scores = [each for each in given if each.application in set(keys)]
    if places is not None and places >= len(keys):
        places = None  # there is no line to be on either side of
    fitted = fit(scores) if scores else None
    placed = _placed(fitted, places) if fitted else []
    known = {row.application for row in placed}
    rest = [Ranked(key, is_in_band=places is not None) for key in keys if key not in known]
    return Ranking(
        rows=tuple(sorted(placed, key=lambda row: (row.rank or 0, row.application)) + rest),
        severity=dict(zip(fitted.design.members, fitted.severity.tolist(), strict=True))
        if fitted
        else {},
        doubts=tuple(_doubts(fitted, bool(rest))),
        places=places,
    )


def _placed(fitted: Fit, places: int | None) -> list[Ranked]:
    count = len(fitted.design.applications)
    (raw_ranks, rank), (_, last_rank) = ranks(np.array([fitted.raw, fitted.corrected]))
    firsts, lasts = (1,) * count, (count,) * count
    above: tuple[float | None, ...] = (None,) * count
    if fitted.residual_variance is not None:
        sure = certainty(fitted, places)
        firsts, lasts, above = sure.first, sure.last, sure.above or above
    return [
        Ranked(
            application=application,
            raw=float(fitted.raw[n]),
            corrected=float(fitted.corrected[n]),
            raw_rank=int(raw_ranks[n]),
            rank=int(rank[n]),
            first=firsts[n],
            last=lasts[n],
            above=above[n],
            is_in_band=places is not None and _is_uncertain(above[n]),
            is_tied=bool(rank[n] != last_rank[n]),
        )
        for n, application in enumerate(fitted.design.applications)
    ]


def _is_uncertain(above: float | None) -> bool:
    return above is None or BAND <= above <= 1 - BAND


def _doubts(fitted: Fit | None, some_unscored: bool) -> Iterable[Doubt]:
    if fitted is None:
        yield Doubt.NOTHING_SCORED
        return
    if some_unscored:
        yield Doubt.SOME_UNSCORED
    if len(fitted.design.members) == 1:
        yield Doubt.ONE_MEMBER
    elif fitted.residual_variance is None:
        yield Doubt.NO_SPARE_SCORES
    if fitted.design.groups > 1:
        yield Doubt.SEPARATE_GROUPS
