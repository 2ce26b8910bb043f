"""Of which days the measures of an MOU are shown, to the place and to others."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from programmes.queries.mou.months import (
    MONTHS,
    PLACE_FIRST,
    days_to_show,
    latest_for_staff,
    month_end_before,
    month_end_of,
    reaches_staff_on,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 1, 1))
ONE_DAY = timedelta(days=1)


def is_month_end(day: date) -> bool:
    return (day + ONE_DAY).day == 1


@given(DAYS)
def test_others_see_the_latest_end_of_a_month_that_the_place_has_had_for_a_fortnight(
    today: date,
) -> None:
    shown = latest_for_staff(today)
    assert is_month_end(shown)
    assert reaches_staff_on(shown) <= today
    following = month_end_of(shown + ONE_DAY)
    assert reaches_staff_on(following) > today
    assert today - shown >= PLACE_FIRST


@given(DAYS)
def test_from_one_day_to_the_next_others_never_see_less(today: date) -> None:
    assert latest_for_staff(today) <= latest_for_staff(today + ONE_DAY)


@given(DAYS, st.integers(0, 800))
def test_days_shown_are_ends_of_months_in_order_and_the_latest(latest: date, age: int) -> None:
    since = latest - timedelta(days=age)
    days = days_to_show(latest, since)
    assert days[-1] == latest
    assert all(is_month_end(day) and day >= since for day in days[:-1])
    assert all(month_end_before(after) == day for day, after in pairwise(days))
    assert len(days) <= MONTHS + 1


@given(DAYS)
def test_the_end_of_a_month(day: date) -> None:
    end = month_end_of(day)
    assert is_month_end(end)
    assert (end.year, end.month) == (day.year, day.month)
