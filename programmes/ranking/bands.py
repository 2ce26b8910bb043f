"""How sure a rank is: the ranking over and over again, each time with other errors.

There are DRAWS of them, from numpy's PCG64 generator with the seed SEED. Each draws

- for every score one of the model's residuals, with replacement, after they are stretched so that
  their variance is the estimated one (the fit itself makes residuals too small),
- for every member an effect from a normal distribution of the members' estimated variance,

puts both through the fit as errors, adds what comes out to the corrected means, and ranks these.
It is the residual bootstrap of a model with two levels: J. R. Carpenter, H. Goldstein and J. Rasbash,
A novel bootstrap procedure for assessing the relationship between class size and achievement,
Applied Statistics 52 (2003) 431-443.

The band around the line holds every application whose chance of being above the line is neither
below BAND nor above 1 - BAND. Of a tie across the line, each has its share of the places left.
"""

from dataclasses import dataclass

import numpy as np

from programmes.ranking.additive import Fit, Numbers

SEED = 2013
DRAWS = 2000
INTERVAL = 0.9  # the share of draws that lie in an application's interval of ranks
BAND = 0.05
DIGITS = 9  # what differs beyond them is a tie
AT_ONCE = 2_000_000  # numbers drawn at a time, so that hundreds of applications stay small


@dataclass(frozen=True)
class Certainty:
    """Of each application, in the order of the fit."""

    first: tuple[int, ...]  # the interval of its rank
    last: tuple[int, ...]
    above: tuple[float, ...] | None  # the chance of being above the line, if there is a line


def ranks(scores: Numbers) -> tuple[Numbers, Numbers]:
    """Of every row of scores: the first and last rank of each, which differ in a tie."""
    rounded = -np.round(scores, DIGITS)
    order = np.argsort(rounded, axis=1, kind="stable")
    placed = np.take_along_axis(rounded, order, axis=1)
    differs = np.diff(placed, axis=1) != 0
    edge = np.ones((len(scores), 1), dtype=bool)
    place = np.arange(1, scores.shape[1] + 1)
    first = np.maximum.accumulate(np.where(np.hstack([edge, differs]), place, 0), axis=1)
    ends = np.where(np.hstack([differs, edge]), place, len(place) + 1)
    last = np.minimum.accumulate(ends[:, ::-1], axis=1)[:, ::-1]
    firsts, lasts = np.empty_like(first), np.empty_like(last)
    np.put_along_axis(firsts, order, first, axis=1)
    np.put_along_axis(lasts, order, last, axis=1)
    return firsts, lasts


def certainty(fit: Fit, places: int | None) -> Certainty:
    """Intervals of ranks, and chances of being among the first `places`."""
    first, last = ranks(_drawn(fit))
    tail = (1 - INTERVAL) / 2
    lowest = np.quantile(first, tail, axis=0, method="inverted_cdf")
    highest = np.quantile(last, 1 - tail, axis=0, method="inverted_cdf")
    above = None
    if places is not None:
        share = (places - first + 1) / (last - first + 1)
        above = tuple(np.clip(share, 0, 1).mean(axis=0).tolist())
    return Certainty(tuple(map(int, lowest)), tuple(map(int, highest)), above)


def _drawn(fit: Fit) -> Numbers:
    """DRAWS x applications: corrected means as they might have been."""
    generator = np.random.Generator(np.random.PCG64(SEED))
    residuals = _stretched(fit)
    deviation = np.sqrt(fit.member_variance)
    at_once = max(1, min(DRAWS, AT_ONCE // len(residuals)))
    drawn = np.empty((DRAWS, len(fit.corrected)))
    for start in range(0, DRAWS, at_once):
        size = min(at_once, DRAWS - start)
        errors = residuals[generator.integers(len(residuals), size=(size, len(residuals)))]
        of_members = generator.normal(0, deviation, size=(size, len(fit.design.members)))
        errors += of_members[:, fit.design.column]
        drawn[start : start + size] = fit.corrected + fit.corrected_from(errors)
    return drawn


def _stretched(fit: Fit) -> Numbers:
    centred = fit.residuals - fit.residuals.mean()
    size = float(np.sqrt(np.mean(centred**2)))
    deviation = np.sqrt(fit.residual_variance or 0.0)
    stretched: Numbers = centred * (deviation / size if size > 0 else 0.0)
    return stretched
