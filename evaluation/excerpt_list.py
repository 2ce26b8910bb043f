"""The excerpts below the text that they were cut from, as HTML.

Drawn here and not by a template: a text may have many, and the page with it has to come quickly.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from evaluation.models import Excerpt

_TAG = '<strong class="govuk-tag govuk-tag--grey">{}</strong> '
_ITEM = (
    '<li id="excerpt-{pk}"><a class="govuk-link" href="{address}">{reference}</a>{speaker}'
    '<blockquote class="placework-quote" dir="auto">{quote}</blockquote>{coded}'
    '<a class="govuk-link" href="#at-{start}">In the text'
    '<span class="govuk-visually-hidden">: {reference}</span></a></li>'
)
_HINT = '<span class="govuk-hint">{}</span>'


def excerpt_list(excerpts: Iterable[Excerpt]) -> SafeString:
    """An item for each, with the dimensions that `cut_from` has put beside it."""
    beginning, end = reverse("evaluation:excerpt", args=[0]).split("0")
    return format_html_join(
        "", "{}", ((_item(each, f"{beginning}{each.pk}{end}"),) for each in excerpts)
    )


def _item(excerpt: Excerpt, address: str) -> SafeString:
    names: list[str] = vars(excerpt)["coded"]
    return format_html(
        _ITEM,
        pk=excerpt.pk,
        address=address,
        reference=excerpt.reference,
        speaker=format_html(_HINT, excerpt.attribution) if excerpt.speaker_role else "",
        quote=excerpt.beginning,
        coded=format_html_join("", _TAG, ((name,) for name in names))
        or format_html(_HINT, "Coded to nothing any more"),
        start=excerpt.start,
    )
