"""A manuscript as an accessible PDF: PDF/A-3a and PDF/UA-1 at once, and the same bytes each time.

Nothing is fetched from anywhere: the only addresses that WeasyPrint may follow are our own fonts.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import Any

import pydyf
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from documents.fonts import folder, font_rules
from documents.manuscript.blocks import FileInside, Manuscript
from documents.manuscript.glyphs import ReadableFonts
from documents.manuscript.html import QUOTED_WORDS, as_whole_page

STYLES = ("documents/manuscript.css", "documents/print.css")

# PDF/UA says what it is in metadata that PDF/A allows only if their schema is described too.
_UA = b"""
<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" rdf:about="" pdfuaid:part="1"/>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
    xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
    xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
  <pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
    <pdfaSchema:schema>PDF/UA identification schema</pdfaSchema:schema>
    <pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
    <pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>
    <pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
      <pdfaProperty:name>part</pdfaProperty:name>
      <pdfaProperty:valueType>Integer</pdfaProperty:valueType>
      <pdfaProperty:category>internal</pdfaProperty:category>
      <pdfaProperty:description>Part of ISO 14289 that is followed</pdfaProperty:description>
    </rdf:li></rdf:Seq></pdfaSchema:property>
  </rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""

# All documents of a process share one font map of Pango's, which is not made for threads.
_one_at_a_time = Lock()


def as_pdf(manuscript: Manuscript, *, inside: Iterable[FileInside] = ()) -> bytes:
    """The document as PDF, with these files in it."""
    return pdf_of(as_whole_page(manuscript), inside=inside)


def pdf_of(page: str, *, inside: Iterable[FileInside] = ()) -> bytes:
    """The PDF of a whole HTML page that `as_whole_page` made."""
    with _one_at_a_time:
        fonts, styles = _typography()
        html = HTML(string=page, base_url="", url_fetcher=_OnlyOurFonts())
        document = html.render(font_config=fonts, stylesheets=styles, pdf_variant="pdf/a-3a")
        document.fonts = ReadableFonts()
        _say_that_it_is_accessible(document.metadata)
        document.metadata.attachments += [_attachment(each) for each in inside]
        pdf = document.write_pdf(pdf_variant="pdf/a-3a", finisher=_give_quotes_their_words)
    assert isinstance(pdf, bytes)
    return pdf


def _attachment(file: FileInside) -> Attachment:
    return Attachment(
        file_obj=BytesIO(file.content),
        name=file.name,
        description=file.description,
        created=file.made_at,
        modified=file.made_at,
        relationship="Data",
        url_fetcher=_OnlyOurFonts(),
    )


class _OnlyOurFonts(URLFetcher):  # type: ignore[misc]
    """Follows `font:NAME` to our own fonts, and refuses every other address."""

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        scheme, _, name = url.partition(":")
        if scheme != "font":
            raise FatalURLFetchingError(f"A document may not fetch {url}")
        return URLFetcherResponse(url, (folder() / name).read_bytes())


@cache
def _typography() -> tuple[FontConfiguration, list[CSS]]:
    """Our fonts and style sheets, read once in a process: decoding the fonts takes a while."""
    fonts = FontConfiguration()
    sheets = [*(Path(str(finders.find(name))).read_text() for name in STYLES), font_rules()]
    fetcher = _OnlyOurFonts()
    return fonts, [CSS(string=css, font_config=fonts, url_fetcher=fetcher) for css in sheets]


def _say_that_it_is_accessible(metadata: Any) -> None:
    """Add PDF/UA's identifier to the metadata that WeasyPrint writes for PDF/A."""
    original = metadata.generate_rdf_metadata

    def with_identifier(*arguments: object) -> bytes:
        before, end, after = original(*arguments).rpartition(b"</rdf:RDF>")
        return bytes(before + _UA + end + after)

    metadata.generate_rdf_metadata = with_identifier


def _give_quotes_their_words(document: Any, pdf: Any) -> None:
    """Give each quote in the structure its exact text.

    What the glyphs spell is close to it, but in visual order where a script runs from right to left.
    A quote that goes on over a page has no one element to carry it.
    """
    elements = [
        each
        for each in pdf.objects
        if isinstance(each, pydyf.Dictionary) and each.get("S") == "/BlockQuote"
    ]
    quotes = [each for page in document.pages for each in _boxes(page._page_box, "blockquote")]
    for element, box in zip(elements, quotes, strict=True):
        is_whole = sum(each.element is box.element for each in quotes) == 1
        if is_whole and box.element.get("class") == QUOTED_WORDS:
            element["ActualText"] = pydyf.String("".join(box.element.itertext()))


def _boxes(box: Any, tag: str) -> Iterator[Any]:
    """The boxes made of elements with this tag, in the order of the structure."""
    if box.element_tag == tag:
        yield box
    for child in getattr(box, "children", ()):
        yield from _boxes(child, tag)
