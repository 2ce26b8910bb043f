"""Both servers together."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded.addresses import socket_folder
from config.embedded.children import Child
from config.embedded.locks import Lock
from config.embedded.postgres import start_postgres
from config.embedded.redis import start_redis
from config.embedded.sockets import claim_socket_folder
from config.embedded.unprivileged import postgres_user


@contextmanager
def servers(data_folder: Path, *, throwaway: bool = False) -> Iterator[list[Child]]:
    """PostgreSQL and Redis on a data folder, for as long as the block runs.

    A throwaway pair is quicker and may lose its data when the machine stops.
    """
    started: list[Child] = []
    # The servers inherit the lock: should we be killed, whoever starts the next pair waits here
    # until this one has closed its files.
    with Lock(data_folder / "locks" / "servers") as lock:
        claim_socket_folder(data_folder, postgres_user())
        try:
            for start in (start_postgres, start_redis):
                started.append(start(data_folder, keep_open=[lock.descriptor], throwaway=throwaway))
            yield started
        finally:
            for child in reversed(started):
                child.stop()
            shutil.rmtree(socket_folder(data_folder), ignore_errors=True)
