"""What each kind of question takes, what must be put right, and how it is shown."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programmes.answers.kinds import CHANGED, as_text, faults_of, fits
from programmes.answers.merging import together
from programmes.models import Question, QuestionKind

K = QuestionKind
ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)


def question(kind: str, **fields: Any) -> Question:
    return Question(kind=kind, wording="Which?", **fields)


@pytest.mark.parametrize("kind", K.values)
def test_no_answer_is_a_fault_where_one_is_required(kind: str) -> None:
    assert faults_of(question(kind), None) == ["Answer this question."]
    assert faults_of(question(kind, is_required=False), None) == []


@pytest.mark.parametrize("empty", ["", "  \n", []])
def test_an_empty_answer_is_none(empty: Any) -> None:
    kind = K.PARTNERS if empty == [] else K.TEXT
    assert faults_of(question(kind), empty) == ["Answer this question."]


def test_a_text_may_have_as_many_words_as_the_limit() -> None:
    limited = question(K.TEXT, word_limit=3)
    assert faults_of(limited, "one two three") == []
    assert faults_of(limited, "one two three four") == [
        "Shorten your answer to 3 words or fewer. It has 4."
    ]


def test_a_number_lies_between_its_bounds() -> None:
    money = question(K.MONEY, minimum=Decimal(10_000), maximum=Decimal(20_000))
    assert faults_of(money, "10000.00") == []
    assert faults_of(money, "9999.99") == ["It must be £10,000 or more."]
    assert faults_of(money, "20000.01") == ["It must be £20,000 or less."]
    assert faults_of(question(K.NUMBER, maximum=Decimal(5)), "6") == ["It must be 5 or less."]


def test_a_choice_that_is_no_longer_offered_is_chosen_again() -> None:
    offered = question(K.CHOICE, choices=["One", "Two"])
    assert faults_of(offered, "Two") == []
    assert faults_of(offered, "Three") == ["What was chosen is no longer offered. Choose again."]


def test_no_is_an_answer_to_a_declaration() -> None:
    assert faults_of(question(K.DECLARATION, must_be_yes=True), False) == []


def test_a_partner_has_an_organisation_and_a_sector() -> None:
    rows = [
        {"organisation": "Age UK", "sector": "voluntary", "part": ""},
        {"organisation": "", "sector": "", "part": "Visits"},
        {"organisation": "Hull CC", "sector": "", "part": "x" * 301},
    ]
    assert faults_of(question(K.PARTNERS), rows) == [
        "Partner 2: enter the organisation and its sector.",
        "Partner 3: enter its sector.",
        "Partner 3: say it in 300 characters or fewer.",
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        (K.NUMBER, "ten"),
        (K.NUMBER, "NaN"),
        (K.TEXT, 5),
        (K.DECLARATION, "yes"),
        (K.FILE, True),
        (K.PARTNERS, "a"),
    ],
)
def test_an_answer_to_what_was_asked_before_is_given_again(kind: str, value: Any) -> None:
    assert faults_of(question(kind), value) == [CHANGED]


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (K.TEXT, "Words", "Words"),
        (K.NUMBER, "1234.5", "1,234.5"),
        (K.MONEY, "10000.00", "£10,000"),
        (K.DECLARATION, False, "No"),
        (K.CHOICE, "One", "One"),
        (K.FILE, 7, ""),
        (K.NUMBER, None, ""),
        (K.NUMBER, "a text of before", "a text of before"),
        (
            K.PARTNERS,
            [
                {"organisation": "Age UK", "sector": "voluntary", "part": "Visits"},
                {"organisation": "", "sector": "nhs", "part": ""},
            ],
            "Age UK (Voluntary and community): Visits\nNo organisation (NHS)",
        ),
    ],
)
def test_an_answer_in_words(kind: str, value: Any, text: str) -> None:
    assert as_text(question(kind), value) == text


@given(st.sampled_from(K.values), ANY)
def test_nothing_that_could_be_stored_breaks_the_checks(kind: str, value: Any) -> None:
    asked = question(kind, choices=["One"], word_limit=5)
    if not fits(asked, value):
        assert faults_of(asked, value) == [CHANGED]
    elif kind != K.PARTNERS:
        faults_of(asked, value)
        as_text(asked, value)


def row(name: str) -> dict[str, str]:
    return {"organisation": name, "sector": "nhs", "part": ""}


def test_two_texts_are_put_together_paragraph_by_paragraph() -> None:
    both = together(K.TEXT, "One.\n\nTwo.", "One mine.\n\nTwo.", "One.\n\nTwo theirs.")
    assert (both.value, both.is_clean) == ("One mine.\n\nTwo theirs.", True)


def test_two_tables_are_put_together_row_by_row() -> None:
    a, b, mine, theirs = row("A"), row("B"), row("Mine"), row("Theirs")
    both = together(K.PARTNERS, [a, b], [a, mine], [a, b, theirs])
    assert (both.value, both.is_clean) == ([a, theirs, mine], True)
    changed = together(K.PARTNERS, [a], [mine], [theirs])
    assert (changed.value, changed.is_clean) == ([theirs, mine], False)


@pytest.mark.parametrize("kind", [K.NUMBER, K.MONEY, K.CHOICE, K.DECLARATION, K.FILE])
def test_of_what_can_stand_once_the_writer_decides(kind: str) -> None:
    both = together(kind, "1", "2", "3")
    assert (both.value, both.is_clean) == ("2", False)
