"""Amounts, moments and lists as people type them."""

from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from programmes.forms.typed import (
    MOMENT,
    LinesField,
    MomentField,
    MoneyField,
    TimeZoneField,
    in_zone,
    on_the_clock,
)

LONDON = ZoneInfo("Europe/London")
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 12, 31))  # noqa: DTZ001 on a clock
ANYTHING = st.text(st.characters(blacklist_characters="\0", blacklist_categories=["Cs"]))


@given(st.decimals(0, 9_999_999_999, places=2))
def test_an_amount_is_read_back_as_it_is_shown(amount: Decimal) -> None:
    field = MoneyField()
    assert field.clean(f"£{field.prepare_value(amount)}") == amount


@pytest.mark.parametrize("typed", ["1,50", "1.2.3", "-1", "ten", "£", "1e3000", "NaN", "1.001"])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValidationError):
        MoneyField().clean(typed)


@given(MOMENTS)
def test_a_moment_is_read_back_as_it_is_shown(moment: datetime) -> None:
    moment = moment.replace(second=0, microsecond=0)
    assert MomentField().clean(moment.strftime(MOMENT)) == moment
    try:
        there = in_zone(moment, LONDON)
    except ValidationError:
        assert moment.month in (3, 10)  # when the clocks change
    else:
        assert on_the_clock(there, LONDON) == moment


def test_an_hour_that_is_skipped_or_comes_twice_is_refused() -> None:
    for moment in (datetime(2026, 3, 29, 1, 30), datetime(2026, 10, 25, 1, 30)):  # noqa: DTZ001
        with pytest.raises(ValidationError, match="clocks change"):
            in_zone(moment, LONDON)
        in_zone(moment + timedelta(hours=1), LONDON)


@given(ANYTHING)
def test_whatever_is_typed_is_read_or_refused(text: str) -> None:
    for field in (MoneyField(), MomentField(), LinesField(), TimeZoneField()):
        try:
            field.clean(text)
        except ValidationError:
            continue


def test_lines_are_trimmed_and_empty_ones_left_out() -> None:
    assert LinesField().clean(" One  two \r\n\r\nThree\n") == ["One two", "Three"]
    with pytest.raises(ValidationError):
        LinesField().clean("One\n\u202ethree")
