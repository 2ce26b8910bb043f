"""The audit trail: called inside the transaction of the write that it tells of."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

import structlog
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import AuditEvent, AuditKind, Person

SYSTEM = "Placework"


def record(
    kind: AuditKind,
    *,
    by: Person | None,
    subject: models.Model,
    scope: models.Model | None = None,
    changes: dict[str, list[str]] | None = None,
) -> AuditEvent:
    """Write one event. `by=None` is the system itself; `scope=None` a register all programmes share."""
    event = _event(kind, by, subject, scope, changes or {})
    event.save()
    return event


def record_each(
    kind: AuditKind,
    *,
    by: Person | None,
    subjects: Iterable[tuple[models.Model, dict[str, list[str]]]],
    scope: models.Model | None = None,
) -> None:
    """The same for many rows at once, each with its changes: one statement for a thousand."""
    events = [_event(kind, by, subject, scope, changes) for subject, changes in subjects]
    AuditEvent.objects.bulk_create(events, batch_size=1_000)


def _event(
    kind: AuditKind,
    by: Person | None,
    subject: models.Model,
    scope: models.Model | None,
    changes: dict[str, list[str]],
) -> AuditEvent:
    return AuditEvent(
        kind=kind.value,
        by_id=str(by.pk) if by else "",
        by_name=str(by) if by else SYSTEM,
        subject_kind=subject._meta.label_lower,
        subject_id=str(subject.pk),
        subject_name=str(subject),
        scope_kind=scope._meta.label_lower if scope else "",
        scope_id=str(scope.pk) if scope else "",
        changes=changes,
        request_id=str(structlog.contextvars.get_contextvars().get("request_id", ""))[:64],
    )


def changes_between(row: models.Model, new: dict[str, Any]) -> dict[str, list[str]]:
    """{"field": [old, new]} as people read them, for the fields whose value `new` would change."""
    return {
        field: [_as_text(row, field, getattr(row, field)), _as_text(row, field, value)]
        for field, value in new.items()
        if getattr(row, field) != value
    }


def first_values(row: models.Model) -> dict[str, list[str]]:
    """The same for a row that is new: ["", new] for what it says, not for what it is known by."""
    known_by = {"slug", *(field.name for field in row._meta.fields if not field.editable)}
    return {
        field.name: ["", _as_text(row, field.name, getattr(row, field.name))]
        for field in row._meta.fields
        if field.name not in known_by and not field.primary_key and getattr(row, field.name)
    }


def _as_text(row: models.Model, field: str, value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if isinstance(value, list):
        return "; ".join(map(str, value))
    choices = dict(getattr(row._meta.get_field(field), "flatchoices", ()))
    return str(choices.get(value, value))
