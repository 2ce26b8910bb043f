"""Rows that the database itself keeps: whoever reaches it, they are neither changed nor taken away."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce
from operator import and_, or_

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


def append_only_but_for(
    *, once: Iterable[str] = (), again: Iterable[str] = ()
) -> list[pgtrigger.Trigger]:
    """The same, but that fields in `once` may be filled in later, and those in `again` at any time."""
    once = list(once)
    was_filled = (pgtrigger.Q(**{f"old__{field}__isnull": False}) for field in once)
    differs = (pgtrigger.Q(**{f"old__{field}__df": pgtrigger.F(f"new__{field}")}) for field in once)
    filled_twice = reduce(or_, map(and_, was_filled, differs))
    return [
        pgtrigger.ReadOnly(name="append_only", exclude=[*once, *again]),
        pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        pgtrigger.Trigger(
            name="filled_in_once",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=filled_twice,
            func="RAISE EXCEPTION 'This is written once in a row of %.', TG_TABLE_NAME;",
        ),
        never_emptied(),
    ]


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
