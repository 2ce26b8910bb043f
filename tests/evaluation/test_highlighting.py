"""Marks lie over a text without changing a letter of it."""

import re
from html import unescape

from hypothesis import given
from hypothesis import strategies as st

from documents.texts import normalise
from evaluation.highlighting import marked, segments
from evaluation.models import Excerpt
from tests.evaluation.test_texts import NASTY

SPAN = st.tuples(st.integers(0, 60), st.integers(1, 60))


def excerpts(text: str, spans: list[tuple[int, int]]) -> list[Excerpt]:
    """Those of the spans that lie in the text, numbered."""
    inside = [(start, start + length) for start, length in spans if start + length <= len(text)]
    return [
        Excerpt(number=number, start=start, end=end)
        for number, (start, end) in enumerate(inside, start=1)
    ]


@given(NASTY, st.lists(SPAN))
def test_the_text_of_the_page_is_the_stored_text(text: str, spans: list[tuple[int, int]]) -> None:
    text = normalise(text).text
    html = str(marked(text, excerpts(text, spans)))
    assert unescape(re.sub(r"</?mark[^>]*>", "", html)) == text


@given(NASTY, st.lists(SPAN))
def test_each_excerpt_covers_its_own_span(text: str, spans: list[tuple[int, int]]) -> None:
    text = normalise(text).text
    given_excerpts = excerpts(text, spans)
    cut = list(segments(text, given_excerpts))
    for excerpt in given_excerpts:
        under = "".join(each.text for each in cut if excerpt in each.excerpts)
        assert under == text[excerpt.start : excerpt.end]
        [last] = [each for each in cut if excerpt in each.ending]
        assert last.start + len(last.text) == excerpt.end


def test_where_excerpts_overlap_the_marks_deepen_and_each_end_is_named() -> None:
    html = str(marked("a<bcdef", excerpts("a<bcdef", [(0, 4), (2, 2), (2, 5)])))
    assert html == (
        '<mark class="placework-mark placework-mark--1" id="at-0">a&lt;</mark>'
        '<mark class="placework-mark placework-mark--3" id="at-2" data-ends="Q1 Q2">bc</mark>'
        '<mark class="placework-mark placework-mark--1" id="at-4" data-ends="Q3">def</mark>'
    )
