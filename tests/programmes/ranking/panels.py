"""Invented panels whose truth is known: what applications are worth, and how severe members are."""

from dataclasses import dataclass

import numpy as np

from programmes.ranking import Given
from programmes.ranking.additive import Numbers

SEVERITY = np.array([0.6, 0.35, 0.05, -0.1, -0.3, -0.6])  # lenient first; nought on average
CRITERIA = 5


@dataclass(frozen=True)
class Panel:
    merit: Numbers
    given: list[Given]


def panel(seed: int, applications: int = 40, readers: int = 3) -> Panel:
    """Each application is read by so many of the members, in turn, and scored 1 to 5 by criterion."""
    generator = np.random.default_rng(seed)
    merit = generator.normal(3, 0.6, applications)
    order = generator.permuted(np.tile(np.arange(len(SEVERITY)), (applications, 1)), axis=1)
    column = order[:, :readers]
    noise = generator.normal(0, 0.8, (applications, readers, CRITERIA))
    exact = merit[:, None, None] + SEVERITY[column][:, :, None] + noise
    scores = np.clip(np.rint(exact), 1, 5).mean(axis=2)
    given = [
        Given(row, int(member), float(score))
        for row in range(applications)
        for member, score in zip(column[row], scores[row], strict=True)
    ]
    return Panel(merit, given)
