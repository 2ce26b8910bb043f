"""Rows that the database itself keeps: whoever reaches it, they are neither changed nor taken away."""

from __future__ import annotations

import pgtrigger
from django.db import connections

# The library lets every session leave out the triggers that it names in a setting.
REFUSE_TO_IGNORE = """
    CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name NAME)
    RETURNS BOOLEAN AS $$ BEGIN RETURN FALSE; END; $$ LANGUAGE plpgsql;
"""


def append_only() -> list[pgtrigger.Trigger]:
    """The triggers of a table whose rows are written once."""
    changes = pgtrigger.Update | pgtrigger.Delete
    return [pgtrigger.Protect(name="append_only", operation=changes), never_emptied()]


def never_emptied() -> pgtrigger.Trigger:
    """TRUNCATE passes by what guards rows, also when it comes by CASCADE."""
    return pgtrigger.Trigger(
        name="never_emptied",
        level=pgtrigger.Statement,
        when=pgtrigger.Before,
        operation=pgtrigger.Truncate,
        func="RAISE EXCEPTION 'Rows of % are never taken away.', TG_TABLE_NAME;",
    )


def refuse_to_ignore(database: str) -> None:
    """To be called after each migration: one with triggers brings the library's function back."""
    with connections[database].cursor() as cursor:
        cursor.execute(REFUSE_TO_IGNORE)
