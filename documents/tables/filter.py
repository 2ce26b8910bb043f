from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Generic

from django import forms
from django.db import models

from documents.tables.column import Row


@dataclass(frozen=True)
class Filter(Generic[Row]):
    """One field above the list, and what it leaves of the rows. A field left empty leaves all."""

    key: str
    field: Callable[[], forms.Field]
    narrow: Callable[["models.QuerySet[Row]", Any], "models.QuerySet[Row]"]


def choice(
    key: str, label: str, choices: Callable[[], Iterable[tuple[Any, str]]], lookup: str = ""
) -> Filter[Any]:
    """A filter by one of several values of one field."""

    def field() -> forms.Field:
        return forms.ChoiceField(label=label, required=False, choices=[("", "All"), *choices()])

    return Filter(key, field, lambda rows, value: rows.filter(**{lookup or key: value}))
