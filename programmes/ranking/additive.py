"""The additive model of application and member: what a mean would be if members were equally severe.

Every score y (a member's weighted mean of their criteria on one application) is taken as

    y = overall + application + member + residual

The applications' effects are free. The members' are drawn towards nought by a ridge penalty: they
minimise

    Σ residual²  +  λ Σ member²        with  λ = variance of residuals / variance of members,

which makes them the best linear unbiased predictions of a random effect: a member of whom little is
known, because they have read little, is corrected little. In closed form, with Z the table of scores x
members that says who gave which, and W the same after every application's mean is taken off:

    member            = (W'W + λ)⁻¹ W'y
    corrected mean    = raw mean - mean of `member` over its readers

Both variances come from the same scores, by Henderson's third method: the residual's from the fit
without penalty, the members' from what they explain beyond the applications,

    variance of members = (Σ explained² - members' degrees of freedom x variance of residuals)
                          / (scores - applications)

and nought if that is negative; then nobody is corrected. If everybody has read everything, each mean
is corrected by the same, which is nought: the corrected mean is the raw mean.

Sources: C. R. Henderson, Estimation of variance and covariance components, Biometrics 9 (1953)
226-252, and Best linear unbiased estimation and prediction under a selection model, Biometrics 31
(1975) 423-447; G. K. Robinson, That BLUP is a good thing, Statistical Science 6 (1991) 15-32.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]
Indices = NDArray[np.intp]

NOTHING = 1e-12  # what arithmetic leaves of nought, on a scale of 1 to 5


@dataclass(frozen=True, order=True)
class Given:
    """What one member gave one application, in numbers by which the two are known."""

    application: int
    member: int
    score: float


@dataclass(frozen=True)
class Design:
    """Who read what. Scores are in order of application and member, whatever order they came in."""

    applications: tuple[int, ...]
    members: tuple[int, ...]
    row: Indices  # of each score: which application
    column: Indices  # and which member

    @cached_property
    def readers(self) -> Indices:
        """Of each application, how many."""
        return np.bincount(self.row)

    @cached_property
    def shares(self) -> Numbers:
        """Applications x members: the part of each member in an application's mean."""
        shares = np.zeros((len(self.applications), len(self.members)))
        shares[self.row, self.column] = 1.0 / self.readers[self.row]
        return shares

    @cached_property
    def apart(self) -> Numbers:
        """Scores x members: W of the formula."""
        return np.eye(len(self.members))[self.column] - self.shares[self.row]

    @cached_property
    def groups(self) -> int:
        """Into how many parts the applications fall that no member has read across."""
        leader = list(range(len(self.applications) + len(self.members)))

        def led(by: int) -> int:
            while leader[by] != by:
                leader[by] = by = leader[leader[by]]
            return by

        for row, column in zip(self.row.tolist(), self.column.tolist(), strict=True):
            leader[led(row)] = led(len(self.applications) + column)
        return len({led(each) for each in range(len(leader))})

    def means(self, scores: Numbers) -> Numbers:
        """Of each application; `scores` may have further dimensions before the last."""
        starts = np.searchsorted(self.row, np.arange(len(self.applications)))
        means: Numbers = np.add.reduceat(scores, starts, axis=-1) / self.readers
        return means


@dataclass(frozen=True)
class Fit:
    """The model fitted to the scores of a design."""

    design: Design
    scores: Numbers
    inverse: Numbers  # (W'W + λ)⁻¹; nought where nobody is corrected
    residual_variance: float | None  # None: too few scores to tell
    member_variance: float

    @cached_property
    def raw(self) -> Numbers:
        return self.design.means(self.scores)

    @cached_property
    def severity(self) -> Numbers:
        """The effect of each member; above nought is lenient."""
        return self.seen_in(self.scores)

    @cached_property
    def corrected(self) -> Numbers:
        return self.corrected_from(self.scores)

    @cached_property
    def residuals(self) -> Numbers:
        expected = self.corrected[self.design.row] + self.severity[self.design.column]
        return self.scores - expected

    def seen_in(self, scores: Numbers) -> Numbers:
        """The effects of members that this fit would see in other scores of the same design."""
        seen: Numbers = scores @ self.design.apart @ self.inverse
        return seen

    def corrected_from(self, scores: Numbers) -> Numbers:
        """The corrected means that this fit would give for other scores of the same design."""
        return self.design.means(scores) - self.seen_in(scores) @ self.design.shares.T


def fit(given: Iterable[Given]) -> Fit:
    """The model of at least one score. The order of the scores changes nothing."""
    ordered = sorted(given)
    applications, row = _numbered([each.application for each in ordered])
    members, column = _numbered([each.member for each in ordered])
    design = Design(applications, members, row, column)
    scores = np.array([each.score for each in ordered])
    of_residuals, of_members = _variances(design, scores)
    return Fit(
        design=design,
        scores=scores,
        inverse=_inverse(design, of_residuals, of_members),
        residual_variance=of_residuals,
        member_variance=of_members,
    )


def _numbered(keys: Sequence[int]) -> tuple[tuple[int, ...], Indices]:
    """The different keys in order, and of each key which of them it is."""
    different, index = np.unique(np.array(keys), return_inverse=True)
    return tuple(different.tolist()), index


def _variances(design: Design, scores: Numbers) -> tuple[float | None, float]:
    """Of residuals and of members. Without a spare score nothing tells the one from the other."""
    members_free = len(design.members) - design.groups
    beyond_means = len(scores) - len(design.applications)
    residuals_free = beyond_means - members_free
    if residuals_free <= 0:
        return None, 0.0
    around_means = scores - design.means(scores)[design.row]
    right = scores @ design.apart
    explained = float(right @ _inverted(design.apart.T @ design.apart) @ right)
    of_residuals = _cleaned((float(around_means @ around_means) - explained) / residuals_free)
    if members_free == 0:
        return of_residuals, 0.0
    return of_residuals, _cleaned((explained - members_free * of_residuals) / beyond_means)


def _cleaned(variance: float) -> float:
    return variance if variance > NOTHING else 0.0


def _inverse(design: Design, of_residuals: float | None, of_members: float) -> Numbers:
    size = len(design.members)
    if of_residuals is None or not of_members:
        return np.zeros((size, size))
    return _inverted(design.apart.T @ design.apart + of_residuals / of_members * np.eye(size))


def _inverted(table: Numbers) -> Numbers:
    """Where members can be told apart only within groups, their effects are nought on average there."""
    return np.asarray(np.linalg.pinv(table, hermitian=True), dtype=np.float64)
