from hypothesis import given
from hypothesis import strategies as st

from documents.differences import Kind, differences, merge

paragraphs = st.lists(st.sampled_from("abcde")).map("\n\n".join)


def test_a_difference_is_told_in_words():
    assert [(run.kind, run.text) for run in differences("A big plan.", "A bold plan!")] == [
        (Kind.SAME, "A "),
        (Kind.REMOVED, "big"),
        (Kind.ADDED, "bold"),
        (Kind.SAME, " plan"),
        (Kind.REMOVED, "."),
        (Kind.ADDED, "!"),
    ]


def test_the_same_text_has_no_difference():
    assert [run.kind for run in differences("One.\n\nTwo.", "One.\n\nTwo.")] == [Kind.SAME]
    assert differences("", "") == []


@given(st.text(), st.text())
def test_either_text_can_be_read_back_from_the_difference(old, new):
    runs = differences(old, new)
    assert "".join(run.text for run in runs if run.kind != Kind.ADDED) == old
    assert "".join(run.text for run in runs if run.kind != Kind.REMOVED) == new


def test_changes_of_different_paragraphs_come_together():
    merged = merge("One.\n\nTwo.\n\nThree.", "One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!")
    assert (merged.text, merged.is_clean) == ("One!\n\nTwo.\n\nThree!", True)


def test_changes_of_neighbouring_paragraphs_come_together():
    merged = merge("One.\n\nTwo.", "One!\n\nTwo.", "One.\n\nTwo!")
    assert (merged.text, merged.is_clean) == ("One!\n\nTwo!", True)


def test_changes_of_one_paragraph_both_stay():
    merged = merge("One.\n\nTwo.", "Mine.\n\nTwo.", "Theirs.\n\nTwo.")
    assert (merged.text, merged.is_clean) == ("Theirs.\n\nMine.\n\nTwo.", False)


def test_two_beginnings_both_stay():
    merged = merge("", "Mine.", "Theirs.")
    assert (merged.text, merged.is_clean) == ("Theirs.\n\nMine.", False)


@given(paragraphs, paragraphs)
def test_a_change_on_one_side_only_is_taken(base, mine):
    assert merge(base, mine, base).text == merge(base, base, mine).text == mine
    assert merge(base, mine, mine).text == mine


@given(paragraphs, paragraphs, paragraphs)
def test_whatever_either_added_is_in_the_merged_text(base, mine, theirs):
    added = set(mine + theirs) - set(base + "\n")
    assert added <= set(merge(base, mine, theirs).text)
