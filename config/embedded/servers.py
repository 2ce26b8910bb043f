"""Both servers together."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.embedded.addresses import socket_folder
from config.embedded.children import Child
from config.embedded.locks import Lock
from config.embedded.postgres import start_postgres
from config.embedded.redis import start_redis
from config.embedded.sockets import claim_socket_folder
from config.embedded.unprivileged import postgres_user


class Servers:
    """PostgreSQL and Redis on a data folder."""

    def __init__(self, data_folder: Path, lock: Lock, *, throwaway: bool) -> None:
        self._data_folder = data_folder
        # They inherit the lock: should we be killed, whoever starts the next pair waits until this
        # one has closed its files.
        self._keep_open = [lock.descriptor]
        self._throwaway = throwaway
        self._running: dict[str, Child] = {}

    def start(self) -> None:
        self._start(start_postgres)
        self._start(start_redis)

    def _start(self, start: Callable[..., Child]) -> None:
        child = start(self._data_folder, keep_open=self._keep_open, throwaway=self._throwaway)
        self._running[child.name] = child

    def dead(self) -> list[str]:
        """The names of those that stopped by themselves."""
        return [name for name, child in self._running.items() if not child.alive]

    def start_redis_again(self) -> None:
        """What it held is read from its append-only file."""
        self._running.pop("Redis").stop()
        self._start(start_redis)

    def stop(self) -> None:
        for child in reversed(self._running.values()):
            child.stop()


@contextmanager
def servers(data_folder: Path, *, throwaway: bool = False) -> Iterator[Servers]:
    """PostgreSQL and Redis on a data folder, for as long as the block runs.

    A throwaway pair is quicker and may lose its data when the machine stops.
    """
    with Lock(data_folder / "locks" / "servers") as lock:
        claim_socket_folder(data_folder, postgres_user())
        both = Servers(data_folder, lock, throwaway=throwaway)
        try:
            both.start()
            yield both
        finally:
            both.stop()
            shutil.rmtree(socket_folder(data_folder), ignore_errors=True)
