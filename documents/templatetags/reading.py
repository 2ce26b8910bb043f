"""What pages need to show text that people wrote."""

from django import template
from django.utils.safestring import SafeString

from documents.markdown import as_html

register = template.Library()


@register.filter
def markdown(text: str, below: int) -> SafeString:
    """Markdown whose headings go below a heading of level `below`."""
    return as_html(text, below=below)
