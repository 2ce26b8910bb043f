"""The applications to a call, as staff list them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from documents.tables import Column, Empty, Filter, Search, Table, choice
from programmes.models import Application, ApplicationState, Call
from programmes.queries.noticing import Noticing
from programmes.times import zone_name


@dataclass(frozen=True)
class PlaceOrReference(Search):
    """Finds any part of a place's name, or an application by what it is quoted by."""

    def narrow(self, rows: QuerySet[Any], text: str) -> QuerySet[Any]:
        found = Q(place_name__icontains=text) | Q(settled__icontains=text)
        number = text.upper().removeprefix("A")
        if number.isdecimal() and len(number) < 9:
            found |= Q(number=int(number))
        return rows.filter(found)


def _settled_field() -> forms.Field:
    choices = [("", "All"), ("yes", "Settled"), ("no", "Not settled")]
    return forms.ChoiceField(label="Place of the register", required=False, choices=choices)


def _by_settled(rows: QuerySet[Application], value: str) -> QuerySet[Application]:
    return rows.filter(place__isnull=value == "no")


def applications_to(call: Call, noticing: Noticing | None = None) -> Table[Application]:
    """Each row read by `programmes.queries.applications.applications_for_staff`.

    With `noticing`, and rows read `with_submissions`, the file has what Placework noticed about each.
    """
    clocks = zone_name(call)
    return Table[Application](
        noun="application",
        nouns="applications",
        columns=[
            Column("number", "Number", lambda row: row.reference, sort=["number"]),
            Column(
                "place",
                "Place",
                lambda row: row.place_name,
                link=lambda row: reverse("programmes:application_record", args=[row.pk]),
                sort=[Lower("place_name")],
            ),
            Column("state", "State", lambda row: row.get_state_display(), sort=["state"]),
            Column("settled", "Place of the register", _shown("settled"), sort=[Lower("settled")]),
            Column(
                "submitted_at",
                f"Submitted ({clocks})",
                _shown("submitted"),
                sort=["submitted"],
            ),
            Column(
                "supports",
                "Supporters",
                _shown("confirmed"),
                sort=["confirmed"],
                is_number=True,
            ),
            Column("started_at", f"Started ({clocks})", lambda row: row.started_at, on_page=False),
            Column("by", "Started by", lambda row: row.started_by_name, on_page=False),
            Column("reason", "Last reason", _shown("last_reason"), on_page=False),
            *_noticed(noticing),
        ],
        sort="number",
        search=PlaceOrReference(hint="Part of a place’s name, or a number such as A7"),  # noqa: RUF001
        filters=[
            choice("state", "State", lambda: ApplicationState.choices),
            Filter("settled", _settled_field, _by_settled),
        ],
        empty=Empty("Nobody has started an application yet."),
    )


def _noticed(noticing: Noticing | None) -> list[Column[Application]]:
    if noticing is None:
        return []

    def sentences(row: Application) -> str:
        return "\n".join(noticing.hints(row))

    return [Column("noticed", "What Placework noticed", sentences, on_page=False)]


def _shown(name: str) -> Callable[[Application], Any]:
    """What the query has added to the row."""
    return lambda row: vars(row)[name]
