"""The model: what it must give in cases whose answer is known."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from programmes.ranking import Doubt, Given, Ranking, ranked, weighted_mean
from programmes.ranking.additive import fit
from tests.programmes.ranking.panels import SEVERITY, panel

SCORE = st.integers(5, 25).map(lambda total: total / 5)  # the mean of five scores from 1 to 5


@st.composite
def tables(draw: st.DrawFn, complete: bool) -> list[Given]:
    """Scores of up to 8 applications by up to 5 members."""
    applications, members = draw(st.integers(1, 8)), draw(st.integers(1, 5))
    pairs = [(a, m) for a in range(applications) for m in range(members)]
    if not complete:
        pairs = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1))
    return [Given(a, m, draw(SCORE)) for a, m in pairs]


def order(ranking: Ranking, rank: str) -> dict[int, int]:
    return {row.application: getattr(row, rank) for row in ranking.rows}


def test_a_weighted_mean_wants_every_criterion() -> None:
    weights = {"issue": 3, "money": 1}
    assert weighted_mean({"issue": 5, "money": 1, "gone": 2}, weights) == 4
    assert weighted_mean({"issue": 5}, weights) is None
    assert weighted_mean({}, {}) is None


@given(tables(complete=True))
def test_where_everybody_read_everything_the_ranking_is_the_raw_one(table: list[Given]) -> None:
    ranking = ranked({each.application for each in table}, table)
    for row in ranking.rows:
        assert row.corrected == pytest.approx(row.raw)
    assert order(ranking, "rank") == order(ranking, "raw_rank")


@given(tables(complete=False), st.randoms(use_true_random=False))
@settings(max_examples=50)
def test_the_order_in_which_scores_come_changes_nothing(table, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = random.sample(table, len(table))
    assert ranked(range(8), shuffled, 3) == ranked(reversed(range(8)), table, 3)


@given(tables(complete=False))
def test_members_are_corrected_towards_nought(table: list[Given]) -> None:
    fitted = fit(table)
    assert fitted.severity.sum() == pytest.approx(0, abs=1e-6)
    unshrunk = np.linalg.pinv(fitted.design.apart) @ fitted.scores
    assert np.linalg.norm(fitted.severity) <= np.linalg.norm(unshrunk) + 1e-9


def test_a_member_without_a_score_on_one_application_is_corrected_for() -> None:
    """Ann is a point kinder than Bea. Only Ann has read the third, which is no better than the second."""
    kind = [Given(a, 1, score) for a, score in enumerate([5, 4, 4, 2, 3])]
    severe = [Given(a, 2, score) for a, score in [(0, 4), (1, 3.1), (3, 1), (4, 1.9)]]
    ranking = ranked(range(5), kind + severe)
    assert ranking.severity[1] == pytest.approx(0.5, abs=0.02)
    assert (ranking.of(2).raw, ranking.of(1).raw) == (4, 3.55)
    assert ranking.of(2).corrected == pytest.approx(ranking.of(1).corrected, abs=0.1)


def test_lenient_and_severe_members_are_recovered_over_200_panels() -> None:
    """Half of the six read each application. Stated in docs/panel.md: root mean square 0.1 of a point,
    and 95 of 100 effects within 0.2."""
    panels = [panel(seed) for seed in range(200)]
    fits = [fit(each.given) for each in panels]
    errors = np.array([fitted.severity for fitted in fits]) - SEVERITY
    assert np.sqrt((errors**2).mean()) < 0.1
    assert np.quantile(np.abs(errors), 0.95) < 0.2
    nearer = [
        _distance(fitted.corrected, each.merit) < _distance(fitted.raw, each.merit)
        for fitted, each in zip(fits, panels, strict=True)
    ]
    assert sum(nearer) >= 190  # the correction brings the means nearer to what is true


def _distance(means: np.ndarray, merit: np.ndarray) -> float:  # type: ignore[type-arg]
    return float(np.std(means - merit))


def test_nobody_has_scored() -> None:
    ranking = ranked([1, 2], [], 1)
    assert [(row.application, row.rank, row.is_in_band) for row in ranking.rows] == [
        (1, None, True),
        (2, None, True),
    ]
    assert ranking.doubts == (Doubt.NOTHING_SCORED,)


def test_one_member_alone_says_nothing_of_leniency() -> None:
    ranking = ranked([1, 2, 3], [Given(1, 7, 4), Given(2, 7, 3), Given(3, 7, 2)], 1)
    assert [row.corrected for row in ranking.rows] == [4, 3, 2]
    assert {(row.first, row.last, row.is_in_band) for row in ranking.rows} == {(1, 3, True)}
    assert ranking.doubts == (Doubt.ONE_MEMBER,)


def test_one_application_alone_is_first() -> None:
    ranking = ranked([1], [Given(1, member, member + 1.0) for member in range(4)], 1)
    assert (ranking.of(1).rank, ranking.of(1).first, ranking.of(1).last) == (1, 1, 1)
    assert not ranking.of(1).is_in_band


def test_readers_who_share_nothing_are_not_compared() -> None:
    ranking = ranked([1, 2], [Given(1, 1, 4), Given(2, 2, 3)])
    assert ranking.doubts == (Doubt.NO_SPARE_SCORES, Doubt.SEPARATE_GROUPS)
    assert [row.corrected for row in ranking.rows] == [4, 3]


def test_groups_that_no_member_has_read_across_are_told() -> None:
    """Two members each. The second pair may be severe, or their applications weak: nobody can say."""
    apart = [
        Given(a, m, 4 - a % 3 - m / 2 + (a * m) % 2 / 3)
        for a in range(6)
        for m in ((0, 1) if a < 3 else (2, 3))
    ]
    assert ranked(range(6), apart).doubts == (Doubt.SEPARATE_GROUPS,)
    assert fit(apart).design.groups == 2
    assert ranked(range(6), [*apart, Given(0, 3, 2)]).doubts == ()


def test_members_who_agree_but_for_leniency_leave_nothing_uncertain() -> None:
    table = [Given(a, m, 4 - a / 2 - m / 4) for a in range(4) for m in range(3)]
    ranking = ranked(range(4), table[1:], 2)
    assert [row.corrected for row in ranking.rows] == pytest.approx([3.75, 3.25, 2.75, 2.25])
    assert [(row.first, row.last) for row in ranking.rows] == [(n, n) for n in range(1, 5)]
    assert not any(row.is_in_band for row in ranking.rows)
