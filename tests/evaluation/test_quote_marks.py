from hypothesis import given
from hypothesis import strategies as st

from documents.texts import normalise
from evaluation.quote_marks import Mark, Words, marks, pieces, with_mark


def test_a_paragraph_that_is_just_a_reference_places_a_quote():
    assert pieces("Before.\n\n[Q7]\n\nAfter.\nStill after.") == [
        Words("Before."),
        Mark(7, 2),
        Words("After.\nStill after."),
    ]


def test_paragraphs_between_quotes_stay_together():
    assert pieces("One.\n\nTwo.\n \n[Q1]\n[q2]") == [
        Words("One.\n\nTwo."),
        Mark(1, 3),
        Mark(2, 3),
    ]


def test_a_reference_within_a_sentence_is_only_words():
    assert marks("As [Q7] says.\n\n[Q7] says so.\n\n- [Q7]\n\n[Q0]") == []


def test_an_editor_may_escape_the_brackets():
    assert [mark.number for mark in marks("\\[Q12\\]")] == [12]


def test_a_quote_is_added_at_the_end():
    assert with_mark("", "Q1") == "[Q1]\n"
    assert with_mark("Text\n", "Q1") == "Text\n\n[Q1]\n"


@given(st.text(), st.integers(1, 999_999_999))
def test_an_added_quote_is_always_found(text, number):
    assert marks(with_mark(normalise(text).text, f"Q{number}"))[-1].number == number
