"""One member's scores on one application as one number."""

from collections.abc import Mapping


def weighted_mean(scores: Mapping[str, int], weights: Mapping[str, int]) -> float | None:
    """Σ weight x score / Σ weight over the criteria; None unless every criterion has its score.

    A sheet that leaves one out would be judged on fewer, and easier or harder, criteria than others.
    """
    if not weights or not weights.keys() <= scores.keys():
        return None
    total = sum(weight * scores[key] for key, weight in weights.items())
    return total / sum(weights.values())
