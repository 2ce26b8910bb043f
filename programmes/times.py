"""Moments as people of a call read them: in its own time zone, whose name is said."""

from datetime import datetime

from django.utils.formats import date_format

from programmes.models import Call


def said(moment: datetime, call: Call) -> str:
    """`20 November 2026, 17:00 (London time)`."""
    return f"{date_format(moment.astimezone(call.zone), 'DATETIME_FORMAT')} ({zone_name(call)})"


def day(moment: datetime, call: Call) -> str:
    """`20 November 2026`, where the call is."""
    return date_format(moment.astimezone(call.zone), "DATE_FORMAT")


def zone_name(call: Call) -> str:
    """`London time` for `Europe/London`."""
    return f"{call.time_zone.rpartition('/')[2].replace('_', ' ')} time"
