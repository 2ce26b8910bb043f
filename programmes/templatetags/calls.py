"""What pages of a call and of its applications need."""

from datetime import datetime

from django import template

from programmes.models import Call
from programmes.times import day, said

register = template.Library()


@register.filter
def at_the_call(moment: datetime, call: Call) -> str:
    """A moment in the call's own time zone, with its name."""
    return said(moment, call)


@register.filter
def day_at_the_call(moment: datetime, call: Call) -> str:
    """The date of a moment in the call's own time zone."""
    return day(moment, call)
