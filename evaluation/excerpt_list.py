"""The excerpts below the text that they were cut from, as HTML.

Drawn here and not by a template: a text may have many, and the page with it has to come quickly.
"""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from evaluation.models import Excerpt

NOT_CODED = '<span class="govuk-hint">Coded to nothing any more</span>'


def excerpt_list(excerpts: Iterable[Excerpt]) -> SafeString:
    """An item for each, with the dimensions that `cut_from` has put beside it."""
    beginning, end = reverse("evaluation:excerpt", args=[0]).split("0")
    items = (_item(each, f"{beginning}{each.pk}{end}") for each in excerpts)
    return mark_safe("".join(items))  # noqa: S308 what people wrote is escaped below


def _item(excerpt: Excerpt, address: str) -> str:
    reference, names = excerpt.reference, vars(excerpt)["coded"]
    tags = [f'<strong class="govuk-tag govuk-tag--grey">{escape(name)}</strong> ' for name in names]
    return (
        f'<li id="excerpt-{excerpt.pk}"><a class="govuk-link" href="{address}">{reference}</a>'
        f'{_speaker(excerpt)}<blockquote class="placework-quote" dir="auto">'
        f"{escape(excerpt.beginning)}</blockquote>{''.join(tags) or NOT_CODED}"
        f'<a class="govuk-link" href="#at-{excerpt.start}">In the text'
        f'<span class="govuk-visually-hidden">: {reference}</span></a></li>'
    )


def _speaker(excerpt: Excerpt) -> str:
    if not excerpt.speaker_role:
        return ""
    return f'<span class="govuk-hint">{escape(excerpt.attribution)}</span>'
