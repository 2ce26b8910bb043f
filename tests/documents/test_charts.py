"""A chart is well-formed, carries its figures as text, and says the same without being seen."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from documents.charts import (
    IN_BAND,
    LABEL_LINES,
    NARROW,
    STRIP,
    SURE,
    WIDTH,
    Column,
    Span,
    bars,
    columns,
    spans,
    stacked_bars,
    strip,
)

SVG = "{http://www.w3.org/2000/svg}"
LABELS = st.text(max_size=300)
NUMBERS = st.integers(0, 10**15)


def texts(svg: str) -> list[str]:
    return [each.text or "" for each in etree.fromstring(svg).iter(f"{SVG}text")]


@given(st.text(), st.text(), st.lists(st.tuples(LABELS, NUMBERS), max_size=8))
def test_any_text_and_number_makes_a_picture_that_fits(title, description, rows):
    svg = bars(title, description, rows)
    picture = etree.fromstring(svg)
    assert [child.tag for child in picture][:2] == [f"{SVG}title", f"{SVG}desc"]
    assert "style" not in {name for each in picture.iter() for name in each.attrib}
    for rectangle in picture.iter(f"{SVG}rect"):
        assert float(rectangle.attrib["x"]) + float(rectangle.attrib["width"]) <= WIDTH
    assert svg == bars(title, description, rows)


@given(
    st.lists(st.tuples(LABELS, st.lists(NUMBERS, max_size=9)), max_size=5),
    st.lists(LABELS, max_size=9),
)
def test_any_series_makes_a_picture(rows, series):
    etree.fromstring(stacked_bars("Title", "Description", rows, series))


def test_figures_are_beside_the_bars_and_in_the_text():
    svg = bars("Excerpts", "Most are about trust.", [("Trust", 12345), ("Power", 0)])
    picture = etree.fromstring(svg)
    assert texts(svg) == ["Trust", "12,345", "Power", "0"]
    assert picture[0].text == "Excerpts. Most are about trust."
    assert picture[1].text == "Trust: 12,345; Power: 0"
    assert picture.attrib["aria-labelledby"] == picture[0].attrib["id"]


def test_bars_are_as_long_as_their_numbers():
    svg = bars("A", "B", [("a", 10), ("b", 5)])
    first, second = (float(width) for width in re.findall(r'<rect [^>]*width="([\d.]+)"', svg))
    assert first == pytest.approx(2 * second, abs=0.1)


def test_pieces_carry_their_numbers_where_they_fit_and_the_sum_stands_beside():
    svg = stacked_bars("A", "B", [("Ambridge", (400, 2, 300))], ("Interviews", "Visits", "Minutes"))
    assert texts(svg) == ["Interviews", "Visits", "Minutes", "Ambridge", "400", "300", "702"]
    assert "Ambridge: 702 (Interviews 400, Visits 2, Minutes 300)" in svg


def test_no_rows_are_said_to_be_none():
    assert texts(bars("A", "B", [])) == ["There is nothing to show yet."]


def test_a_number_below_zero_is_refused():
    with pytest.raises(ValueError, match="below 0"):
        bars("A", "B", [("a", -1)])


def test_long_labels_are_wrapped_and_then_cut():
    *label, _ = texts(bars("A", "B", [("Initial conditions of the collaboration " * 9, 1)]))
    assert len(label) == LABEL_LINES
    assert label[-1].endswith("…")
    *word, _ = texts(bars("A", "B", [("W" * 40, 1)]))
    assert "".join(word) == "W" * 40


def test_a_long_legend_goes_on_below():
    svg = stacked_bars("A", "B", [("a", [1] * 9)], [f"Kind of source number {n}" for n in range(9)])
    lines = {each.attrib["y"] for each in etree.fromstring(svg).iter(f"{SVG}text")}
    assert len(lines) > 3


@st.composite
def ranked(draw: st.DrawFn):
    of = draw(st.integers(1, 60))
    rank, first, last = (draw(st.integers(1, of)) for _ in range(3))
    first, last = min(first, rank, last), max(first, rank, last)
    return Span(draw(LABELS), rank, first, last, draw(st.booleans())), of


@given(ranked(), st.one_of(st.none(), st.integers(0, 60)))
def test_any_span_makes_a_strip_and_a_picture_that_fit(drawn, line):
    span, of = drawn
    line = None if line is None else min(line, of)
    picture = etree.fromstring(spans("A", "B", [span, span], of, line))
    small = etree.fromstring(strip(span, of, line))
    for image, width in ((picture, WIDTH), (small, STRIP)):
        for rectangle in image.iter(f"{SVG}rect"):
            end = float(rectangle.attrib["x"]) + float(rectangle.attrib["width"])
            assert end <= width + 0.1
    assert small.attrib["role"] == "img"
    assert f"Between {span.first} and {span.last} of {of}" == small.attrib["aria-label"]


def test_spans_say_in_words_what_they_show():
    rows = [Span("A2 Ash", 1, 1, 2), Span("A1 Birch", 2, 1, 3, True)]
    svg = spans("Ranks", "Who may be selected.", rows, 3, 1)
    assert texts(svg) == [SURE, IN_BAND, "A2 Ash", "A1 Birch", "after 1"]
    spoken = etree.fromstring(svg)[1].text
    assert (
        spoken == "A2 Ash: rank 1, between 1 and 2; A1 Birch: rank 2, between 1 and 3, in the band"
    )
    assert "after" not in spans("Ranks", "Nobody.", rows, 3)
    assert "nothing to show" in spans("Ranks", "Nobody.", [], 1)


FIGURES = st.none() | st.integers(0, 10**6)
MOMENTS = st.lists(st.builds(Column, LABELS, LABELS, FIGURES, FIGURES, LABELS), max_size=13)


@given(st.text(), MOMENTS)
def test_any_moments_make_a_narrow_picture_that_fits(title: str, moments: list[Column]) -> None:
    svg = columns(title, "Description", moments)
    picture = etree.fromstring(svg)
    assert picture.attrib["width"] == str(NARROW)
    for rectangle in picture.iter(f"{SVG}rect"):
        assert float(rectangle.attrib["x"]) + float(rectangle.attrib["width"]) <= NARROW
        assert float(rectangle.attrib["y"]) >= 0


def test_columns_say_each_moment_in_full() -> None:
    moments = [
        Column("O", "31 October 2026", 3, 4, "2026"),
        Column("N", "30 November 2026", None),
        Column("Now", "Today", 0, 4),
    ]
    svg = columns("Use by month", "Clauses cited, of all", moments)
    assert texts(svg) == ["3", "O", "2026", "-", "N", "0", "Now"]
    assert etree.fromstring(svg)[1].text == (
        "31 October 2026: 3 of 4; 30 November 2026: nothing to measure; Today: 0 of 4"
    )
