"""What people type, read: words, numbers, amounts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.answers.amounts import amount_in_words, number_in_words, read_amount, read_number
from programmes.answers.words import count_words


@pytest.mark.parametrize(
    "typed",
    ["£10,000", "10000", "10,000.00", " £ 10 000 ", "10\u00a0000", "£10,000.0", "010000"],
)
def test_an_amount_may_be_typed_in_many_ways(typed: str) -> None:
    assert read_amount(typed) == Decimal(10_000)
    assert amount_in_words(read_amount(typed)) == "£10,000"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ten",
        "10.000,00",
        "1,00",
        "10k",
        "-5",
        "£",
        "1e4",
        "10.005",
        "٣",
        "NaN",
        "9" * 13,
        "1,0000",
    ],
)
def test_what_is_no_amount_or_can_be_meant_in_two_ways_is_none(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        read_amount(typed)


@pytest.mark.parametrize(
    ("typed", "said"), [("12.50", "12.5"), ("-3", "-3"), ("1,234,567", "1,234,567"), ("0.0", "0")]
)
def test_a_number_is_said_with_the_places_it_has(typed: str, said: str) -> None:
    assert number_in_words(read_number(typed)) == said


@given(st.text())
def test_whatever_is_typed_is_a_number_or_refused(typed: str) -> None:
    for read in (read_amount, read_number):
        try:
            assert read(typed).is_finite()
        except ValueError:
            continue


@given(st.decimals(min_value=0, max_value=10**11, places=2))
def test_what_we_write_we_can_read(amount: Decimal) -> None:
    assert read_amount(amount_in_words(amount)) == amount
    assert read_number(number_in_words(amount)) == amount


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("   \n", 0),
        ("one", 1),
        ("one  two\nthree\ttwo", 4),
        ("non\u00a0breaking", 2),
        ("\ufeffmark", 1),
        ("semi-detached - yes", 3),
        ("one\x85word", 1),
        ("line\u2028end", 2),
        ("ideographic\u3000space", 2),
    ],
)
def test_words_stand_between_spaces(text: str, count: int) -> None:
    assert count_words(text) == count
