"""Both servers together."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded.children import Child
from config.embedded.postgres import start_postgres
from config.embedded.redis import start_redis
from config.embedded.sockets import claim_socket_folder
from config.embedded.unprivileged import postgres_user


@contextmanager
def servers(data_folder: Path, *, throwaway: bool = False) -> Iterator[list[Child]]:
    """PostgreSQL and Redis on a data folder, for as long as the block runs.

    A throwaway pair is quicker and may lose its data when the machine stops.
    """
    claim_socket_folder(data_folder, postgres_user())
    started: list[Child] = []
    try:
        started.append(start_postgres(data_folder, throwaway=throwaway))
        started.append(start_redis(data_folder, throwaway=throwaway))
        yield started
    finally:
        for child in reversed(started):
            child.stop()
