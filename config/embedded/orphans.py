"""What `serve` started and could not stop, because it was killed outright.

It writes the process groups that it starts into the file of its own lock. While that lock is free
and groups stand there, nobody looks after them. On Linux the kernel has asked them to stop already;
elsewhere, and where a program missed that because it was just starting, the keeper does.
"""

import os
import signal
import subprocess
import sys
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
    lock.write("".join(f"{group} {started_at(group)}\n" for group in groups))


def started_at(process: int) -> str:
    """When it started, in whatever units: with its number it names one process for all time."""
    status = Path(f"/proc/{process}/stat")
    if sys.platform == "linux":
        try:
            return status.read_text().rpartition(")")[2].split()[19]
        except OSError:
            return ""
    command = ["/bin/ps", "-o", "lstart=", "-p", str(process)]
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()


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
        groups = self._file.read_text().splitlines()
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


def _signal(groups: Iterable[str], number: signal.Signals) -> None:
    for group, _, started in (line.partition(" ") for line in groups):
        if started and started == started_at(int(group)):  # and not another of the same number
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(int(group), number)
