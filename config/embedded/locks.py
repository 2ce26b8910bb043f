"""Locks on files. The kernel lets go of them when a process ends, however it ends."""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

_A_MOMENT = 0.5  # seconds


class Lock:
    """One lock on one file, held by this process until it is released or the process ends."""

    def __init__(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True)
        self.descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    def acquire(self, *, shared: bool = False, wait: bool = True) -> bool:
        """Whether it is held now."""
        operation = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
        try:
            fcntl.flock(self.descriptor, operation | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError:
            return False
        return True

    def acquire_soon(self) -> bool:
        """Whether it is held now; somebody who only looks whether it is held does not count."""
        deadline = time.monotonic() + _A_MOMENT
        while not self.acquire(wait=False):
            if time.monotonic() > deadline:
                return False
            time.sleep(0.02)
        return True

    def write(self, text: str) -> None:
        """Leave a note in the file."""
        os.ftruncate(self.descriptor, 0)
        os.pwrite(self.descriptor, text.encode(), 0)

    def release(self) -> None:
        os.close(self.descriptor)

    def __enter__(self) -> "Lock":
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.release()


def is_held(file: Path) -> bool:
    """Whether some process holds it."""
    lock = Lock(file)
    try:
        return not lock.acquire(wait=False)
    finally:
        lock.release()
