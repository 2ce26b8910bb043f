"""What `serve` started and could not stop, because it was killed outright.

It writes the process groups that it starts into the file of its own lock. While that lock is free
and groups stand there, nobody looks after them. On Linux the kernel has asked them to stop already;
elsewhere, and where a program missed that because it was just starting, the keeper does.
"""

import os
import signal
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from config.embedded.locks import Lock, is_held

ASK_AFTER, KILL_AFTER = 3.0, 8.0  # seconds


def serve_lock(data_folder: Path) -> Path:
    return data_folder / "locks" / "serve"


def note_groups(lock: Lock, groups: Iterable[int]) -> None:
    """Write down what is to be stopped should the holder of the lock be killed."""
    lock.write(" ".join(map(str, groups)))


class Orphans:
    """Looked for again and again; those that stay too long are asked to stop, and then made to."""

    def __init__(self, data_folder: Path) -> None:
        self._file = serve_lock(data_folder)
        self._since: float | None = None
        self._asked = False
        if not is_held(self._file):
            self._forget()  # from another time: the numbers may be somebody else's by now

    def look(self, now: float | None = None) -> None:
        now = time.monotonic() if now is None else now
        groups = [int(group) for group in self._file.read_text().split()]
        if not groups or is_held(self._file):
            self._since, self._asked = None, False
            return
        self._since = now if self._since is None else self._since
        if now - self._since >= KILL_AFTER:
            _signal(groups, signal.SIGKILL)
            self._forget()
        elif now - self._since >= ASK_AFTER and not self._asked:
            _signal(groups, signal.SIGTERM)
            self._asked = True

    def _forget(self) -> None:
        self._file.write_text("")


def _signal(groups: Iterable[int], number: signal.Signals) -> None:
    for group in groups:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(group, number)
