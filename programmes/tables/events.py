from collections.abc import Iterable
from functools import cache
from typing import Any

from django import forms
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db.models import QuerySet

from accounts.models import AuditEvent, AuditKind
from documents.tables import Column, Empty, Filter, Search, Table, choice


def kinds() -> dict[str, str]:
    """Every kind of event that a room has named, and what people call it."""
    return {str(kind): kind.label for room in AuditKind.__subclasses__() for kind in room}


@cache
def _label(subject_kind: str, field: str) -> str:
    """What people call a field. A model or field that has gone is told by its old name."""
    try:
        name = str(
            getattr(apps.get_model(subject_kind)._meta.get_field(field), "verbose_name", field)
        )
    except (LookupError, FieldDoesNotExist, ValueError):
        name = field.replace("_", " ")
    return name[:1].upper() + name[1:]


def changes_in_words(event: AuditEvent) -> str:
    """One line for each field: what it was and what it became."""
    return "\n".join(
        f"{_label(event.subject_kind, field)}: {_became(old, new)}"
        for field, (old, new) in event.changes.items()
    )


def _became(old: str, new: str) -> str:
    if not old:
        return f"“{new}”"
    if not new:
        return f"“{old}” removed"
    return f"“{old}” became “{new}”"


def _day(key: str, label: str, lookup: str) -> Filter[AuditEvent]:
    def field() -> forms.Field:
        return forms.DateField(label=label, required=False)

    return Filter(key, field, lambda rows, value: rows.filter(**{lookup: value}))


def trail(rows: QuerySet[AuditEvent]) -> Table[AuditEvent]:
    """The audit trail as far as `rows` go."""
    called = kinds()

    @cache
    def occurring() -> list[tuple[str, str, str]]:
        """What has happened through whom: one query for two filters."""
        return list(rows.order_by().values_list("kind", "by_id", "by_name").distinct())

    def people() -> Iterable[tuple[str, str]]:
        names = {by_id or SYSTEM: name for _, by_id, name in occurring()}
        return sorted(names.items(), key=lambda pair: pair[1].lower())

    def kinds_that_occur() -> Iterable[tuple[str, str]]:
        labels = {kind: called.get(kind, kind) for kind, _, _ in occurring()}
        return sorted(labels.items(), key=lambda pair: pair[1])

    def by(rows: QuerySet[AuditEvent], value: Any) -> QuerySet[AuditEvent]:
        return rows.filter(by_id="" if value == SYSTEM else value)

    person = choice("person", "Person", people)
    return Table[AuditEvent](
        noun="event",
        nouns="events",
        columns=[
            Column("at", "When", lambda event: event.at, sort=["at"]),
            Column("kind", "What happened", lambda event: called.get(event.kind, event.kind)),
            Column("subject", "To what", lambda event: event.subject_name),
            Column("changes", "Old and new", changes_in_words),
            Column("by", "By", lambda event: event.by_name, sort=["by_name"]),
            Column("by_id", "Id of the person", lambda event: event.by_id, on_page=False),
            Column("subject_kind", "Kind", lambda event: event.subject_kind, on_page=False),
            Column("subject_id", "Id", lambda event: event.subject_id, on_page=False),
            Column("request_id", "Request", lambda event: event.request_id, on_page=False),
        ],
        sort="-at",
        search=Search(hint="Words of the name of a person, or of what it happened to"),
        filters=[
            choice("kind", "What happened", kinds_that_occur),
            Filter("person", person.field, by),
            _day("from", "From", "at__date__gte"),
            _day("to", "To", "at__date__lte"),
        ],
        empty=Empty("Nothing has happened yet that the trail tells of."),
    )


SYSTEM = "placework"  # stands in the address for events that no person caused
