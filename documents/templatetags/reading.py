"""What pages need to show text that people wrote."""

from datetime import date

from django import template
from django.utils.formats import date_format
from django.utils.safestring import SafeString

from documents.markdown import as_html

register = template.Library()


@register.filter
def markdown(text: str, below: int) -> SafeString:
    """Markdown whose headings go below a heading of level `below`."""
    return as_html(text, below=below)


@register.filter
def iso_day(day: str) -> str:
    """`20 November 2026` for `2026-11-20`, as canonical texts hold it."""
    return date_format(date.fromisoformat(day))
