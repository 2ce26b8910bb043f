"""Adding and changing a row with its audit event: what every room's plain writes have in common.

What must hold across rows is held by the database. A refused write comes back as the sentence that
the action gives for the constraint, so two people who save at once get it too.
"""

from collections.abc import Collection, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, models, transaction
from django.utils.text import slugify

from accounts.actions.audit import changes_between, first_values, record
from accounts.models import AuditKind, Person
from accounts.slugs import LONGEST, unused_slug

Row = TypeVar("Row", bound=models.Model)
Refusals = Mapping[str, dict[str, str]]  # {name of a constraint: {field: what to do}}


@transaction.atomic
def add(
    row: Row,
    *,
    by: Person | None,
    kind: AuditKind,
    scope: models.Model | None = None,
    refusals: Refusals | None = None,
) -> Row:
    save_or_refuse(row, refusals or {})
    record(kind, by=by, subject=row, scope=scope, changes=first_values(row))
    return row


@transaction.atomic
def change(
    row: Row,
    new: dict[str, Any],
    *,
    by: Person | None,
    kind: AuditKind,
    scope: models.Model | None = None,
    refusals: Refusals | None = None,
) -> Row:
    """Give `row` the new values and write old and new into the trail. No change leaves no trace."""
    changes = changes_between(row, new)
    if not changes:
        return row
    for field in changes:
        setattr(row, field, new[field])
    save_or_refuse(row, refusals or {}, changes)
    record(kind, by=by, subject=row, scope=scope, changes=changes)
    return row


def save_or_refuse(
    row: models.Model, refusals: Refusals, fields: Collection[str] | None = None
) -> None:
    """Save the row, or raise the ValidationError that stands for the constraint it would break."""
    try:
        with transaction.atomic():
            row.save(update_fields=fields)
    except IntegrityError as fault:
        diagnosis = getattr(fault.__cause__, "diag", None)
        sentence = refusals.get(getattr(diagnosis, "constraint_name", None) or "")
        if sentence is None:
            raise
        raise ValidationError(sentence) from fault


def free_slug(rows: models.QuerySet[Any], name: str) -> str:
    """A slug made from `name` that none of `rows` has, for a row added in this transaction."""
    with connection.cursor() as cursor:  # so that two people get two slugs
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [rows.model._meta.db_table])
    otherwise = str(rows.model._meta.model_name)
    beginning = slugify(name)[:LONGEST].strip("-") or otherwise
    taken = rows.filter(slug__startswith=beginning).values_list("slug", flat=True)
    return unused_slug(name, set(taken), otherwise)
