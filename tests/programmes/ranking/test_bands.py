"""How sure a rank is."""

import numpy as np
import pytest

from programmes.ranking import BAND, Doubt, Given, ranked
from programmes.ranking.bands import ranks
from tests.programmes.ranking.panels import panel


def test_ranks_of_equal_scores_are_shared() -> None:
    first, last = ranks(np.array([[3.0, 5.0, 3.0 + 1e-12, 1.0]]))
    assert first.tolist() == [[2, 1, 2, 4]]
    assert last.tolist() == [[3, 1, 3, 4]]


def test_the_same_scores_give_the_same_band_every_time() -> None:
    given = panel(1).given
    assert ranked(range(40), given, 25) == ranked(range(40), given, 25)


def test_intervals_hold_the_true_rank_about_as_often_as_they_say() -> None:
    inside = []
    for seed in range(30):
        invented = panel(seed)
        true = (-invented.merit).argsort().argsort() + 1
        for row in ranked(range(40), invented.given).rows:
            assert row.first
            assert row.last
            inside.append(row.first <= true[row.application] <= row.last)
    assert 0.87 <= np.mean(inside) <= 0.97  # INTERVAL is 0.9


def test_outside_the_band_the_line_is_right() -> None:
    wrong = []
    for seed in range(30):
        invented = panel(seed)
        true = (-invented.merit).argsort().argsort() + 1
        for row in ranked(range(40), invented.given, 25).rows:
            if row.above is not None and not row.is_in_band:
                wrong.append((row.above > 0.5) != (true[row.application] <= 25))
    assert len(wrong) > 400
    assert np.mean(wrong) < BAND


def test_the_chances_add_up_to_the_places() -> None:
    ranking = ranked(range(40), panel(3).given, 25)
    assert sum(row.above or 0 for row in ranking.rows) == pytest.approx(25)
    for row in ranking.rows:
        assert row.above is not None
        assert row.is_in_band == (BAND <= row.above <= 1 - BAND)


def test_a_tie_across_the_line_is_in_the_band() -> None:
    table = [Given(a, m, 4 if a == 0 else 3) for a in range(3) for m in range(3)]
    ranking = ranked(range(3), table, 2)
    assert [row.above for row in ranking.rows] == [1, 0.5, 0.5]
    assert [row.is_in_band for row in ranking.rows] == [False, True, True]
    assert [row.is_tied for row in ranking.rows] == [False, True, True]


def test_with_places_for_all_there_is_no_line() -> None:
    ranking = ranked(range(40), panel(3).given, 40)
    assert ranking.places is None
    assert not any(row.is_in_band for row in ranking.rows)


def test_what_has_no_scores_yet_is_last_and_uncertain() -> None:
    ranking = ranked(range(42), panel(3).given, 25)
    assert [(row.application, row.is_in_band) for row in ranking.rows[-2:]] == [
        (40, True),
        (41, True),
    ]
    assert Doubt.SOME_UNSCORED in ranking.doubts
