"""Whether somebody is running a job: a PostgreSQL advisory lock on its id, which dies with its holder.

The lock belongs to a connection of its own, so it outlives the transactions of the job's handler.
It needs a session: a pooler in front of PostgreSQL must be in session mode.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper

JOBS = 0x706C6A62  # "pljb": the first half of the key, so that jobs share no lock with other uses


@contextmanager
def hold(job_id: int) -> Iterator[BaseDatabaseWrapper | None]:
    """The connection that holds the job's lock, or None when somebody else holds it."""
    own = connection.copy()
    try:
        with own.cursor() as cursor:
            # A holder whose machine vanished is noticed in a minute, not in the usual two hours.
            cursor.execute(
                "SET tcp_keepalives_idle = 30; SET tcp_keepalives_interval = 10;"
                " SET tcp_keepalives_count = 3"
            )
            cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [JOBS, job_id])
            held = cursor.fetchone()[0]
        try:
            yield own if held else None
        finally:
            _let_go(own)
    finally:
        own.close()


def _let_go(own: BaseDatabaseWrapper) -> None:
    """At once, where closing alone would leave the lock until the server notices."""
    try:
        with own.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock_all()")
    except (OperationalError, InterfaceError):
        pass  # the connection is lost, and the lock with it


def held(job_ids: Collection[int]) -> set[int]:
    """Those of these jobs that somebody is running at this moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND granted"
            " AND classid = %s AND objsubid = 2 AND objid::bigint = ANY(%s) AND database ="
            " (SELECT oid FROM pg_database WHERE datname = current_database())",
            [JOBS, list(job_ids)],
        )
        return {job_id for (job_id,) in cursor.fetchall()}
