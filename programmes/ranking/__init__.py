"""The ranking of applications from their scores: pure arithmetic that knows no rows, pages or people.

`ranked` is the way in. docs/adr/0014 says why it is this model and no other.
"""

from programmes.ranking.additive import Given
from programmes.ranking.bands import BAND, DRAWS, INTERVAL, SEED
from programmes.ranking.means import weighted_mean
from programmes.ranking.order import Doubt, Ranked, Ranking, ranked

__all__ = [
    "BAND",
    "DRAWS",
    "INTERVAL",
    "SEED",
    "Doubt",
    "Given",
    "Ranked",
    "Ranking",
    "ranked",
    "weighted_mean",
]
