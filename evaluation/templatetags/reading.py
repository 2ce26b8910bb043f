"""What pages of case studies need to show text."""

from django import template
from django.utils.safestring import SafeString

from documents.markdown import as_html

register = template.Library()


@register.filter
def markdown(text: str) -> SafeString:
    return as_html(text)
