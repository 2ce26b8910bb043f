"""People's Markdown can carry emphasis, lists, links to the web and headings, and nothing that acts."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html as lxml_html

from documents.markdown import as_html

PIECES = (
    *("# ", "### ", "> ", "- ", "1. ", "    ", "\n", "\r\n", "`", "\\", "[", "](", '"', "&#0;"),
    *("<script>", "[a](javascript:alert(1))", "![x](data:1)", "<http://a.b>", "<ftp://a.b>"),
    *("\u202e", "\ufeff", "e\u0301", "\N{MAN}\u200d\N{ROCKET}"),
)
NASTY = st.text() | st.lists(st.sampled_from(PIECES)).map("".join)
ALLOWED = {"p", "em", "strong", "a", "ul", "ol", "li", "blockquote", "code", "pre", "hr", "br"} | {
    f"h{level}" for level in range(3, 7)
}


def elements(text: str, below: int = 2) -> list[lxml_html.HtmlElement]:
    return [
        each
        for each in lxml_html.fragment_fromstring(
            str(as_html(text, below=below)), "div"
        ).iterdescendants()
        if isinstance(each.tag, str)
    ]


@given(NASTY)
def test_no_text_yields_more_than_the_plain_elements_and_links_to_the_web(text):
    for element in elements(text):
        assert element.tag in ALLOWED
        assert set(element.attrib) <= {"href", "title", "start", "class"}
        if element.tag == "a":
            assert re.match(r"(?i)(https?|mailto):", element.attrib["href"])


@given(st.lists(st.integers(1, 6), max_size=12), st.integers(2, 5))
def test_headings_begin_below_the_one_above_and_skip_none(levels, below):
    text = "\n\n".join(f"{'#' * level} Heading" for level in levels)
    found = [int(each.tag[1]) for each in elements(text, below)]
    assert len(found) == len(levels)
    before = below
    for level in found:
        assert below < level <= before + 1 or level == 6
        before = level


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("A *b* **c**", "<p>A <em>b</em> <strong>c</strong></p>\n"),
        ("<b>x</b>", "<p>&lt;b&gt;x&lt;/b&gt;</p>\n"),
        ("[a](mailto:b@c.d)", '<p><a href="mailto:b@c.d">a</a></p>\n'),
        ("[a](/people)", "<p>[a](/people)</p>\n"),
        ("[a](javascript:b)", "<p>[a](javascript:b)</p>\n"),
    ],
)
def test_examples(text, html):
    assert as_html(text) == html
