"""The days on which the measures of an MOU are asked, and when whose day has come.

The place sees today's. Those who run and evaluate the programme see how it stood at the end of a month,
and that a fortnight after the place: it comes to their partners first, with time to talk it over.
"""

from datetime import date, timedelta

PLACE_FIRST = timedelta(days=14)
MONTHS = 12


def month_end_before(day: date) -> date:
    """The last day of the month before the one of `day`."""
    return day.replace(day=1) - timedelta(days=1)


def month_end_of(day: date) -> date:
    return month_end_before((day.replace(day=1) + timedelta(days=31)).replace(day=1))


def latest_for_staff(today: date) -> date:
    """The latest end of a month that the place has had for a fortnight."""
    return month_end_before(today - PLACE_FIRST + timedelta(days=1))


def reaches_staff_on(month_end: date) -> date:
    return month_end + PLACE_FIRST


def days_to_show(latest: date, since: date) -> list[date]:
    """`latest`, and before it the ends of up to twelve months, none before `since`; earliest first."""
    days = [latest]
    while len(days) <= MONTHS and (earlier := month_end_before(days[-1])) >= since:
        days.append(earlier)
    return days[::-1]
