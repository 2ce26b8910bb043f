from hypothesis import given
from hypothesis import strategies as st

from documents.texts import NULS_REMOVED, SURROGATES_REPLACED, normalise
from evaluation.texts import places_of

# What interviews are pasted with: emoji in families, flags, combining marks, line ends, both directions.
NASTY = st.lists(
    st.one_of(
        st.text(),
        st.sampled_from(
            [
                "\r\n",
                "\r",
                "\n\r",
                "\ufeff",
                "\0",
                "👩‍👩‍👧‍👦",
                "🇬🇧",
                "e\u0301",
                "שלום",
                "مرحبا",
                "\u202e",
                "\ud83d",
            ]
        ),
    )
).map("".join)


def test_line_ends_become_lf_and_the_byte_order_mark_goes() -> None:
    assert normalise("\ufeffOne\r\nTwo\rThree\n").text == "One\nTwo\nThree\n"


def test_a_byte_order_mark_further_on_is_a_character_like_any_other() -> None:
    assert normalise("a\ufeffb").text == "a\ufeffb"


def test_null_characters_go_with_a_warning() -> None:
    assert normalise("a\0b") == (type(normalise(""))("ab", [NULS_REMOVED]))


def test_half_a_character_is_replaced_with_a_warning() -> None:
    normalised = normalise("a\ud83db")
    assert normalised.text == "a\ufffdb"
    assert normalised.warnings == [SURROGATES_REPLACED]


def test_two_halves_that_belong_together_are_one_character() -> None:
    assert normalise("\ud83d\ude00").text == "😀"
    assert normalise("\ud83d\ude00").warnings == []


def test_composed_and_decomposed_letters_are_left_as_they_came() -> None:
    assert normalise("é e\u0301").text == "é e\u0301"


@given(NASTY)
def test_a_normalised_text_can_be_stored_and_stays_as_it_is(text: str) -> None:
    once = normalise(text).text
    assert once.encode().decode() == once
    assert not set("\r\0") & set(once)
    assert normalise(once).text == once
    assert normalise(once).warnings == []


def test_places_of_a_passage_may_overlap() -> None:
    assert places_of("aa", "aaa") == [0, 1]
    assert places_of("b", "aaa") == []
