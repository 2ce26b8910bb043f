"""Messages that did not go out, as operators see them.

A room that keeps some people away from what it writes about says so with `withhold`, in its `panels.py`:

    withhold(about_what_is_closed_to)
"""

from collections.abc import Callable

from django.db.models import Q, QuerySet

from accounts.models import OutgoingMail, Person

SHOWN = 25

_rules: list[Callable[[Person], Q | None]] = []


def withhold(rule: Callable[[Person], Q | None]) -> None:
    """Leave out the messages that `rule` gives for a person; None: it gives none."""
    _rules.append(rule)


def undelivered_mail(person: Person) -> QuerySet[OutgoingMail]:
    """The latest messages that were given up."""
    rows = OutgoingMail.objects.filter(status=OutgoingMail.Status.FAILED)
    for rule in _rules:
        if withheld := rule(person):
            rows = rows.exclude(withheld)
    return rows.order_by("-queued_at", "-pk")[:SHOWN]
