"""Child processes that never outlive us: stopped in order, and by the kernel if we are killed."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

_PR_SET_PDEATHSIG = 1
# A shell starts its background jobs with some of these ignored, and that is handed on.
_INHERITED = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP)
PATIENCE = 10.0  # seconds a child gets to stop by itself


@dataclass
class Child:
    name: str
    process: "subprocess.Popen[bytes]"
    stop_signal: signal.Signals
    forgetful: bool = False  # it may miss a signal that comes while it is starting
    asked: bool = field(default=False, init=False)

    @property
    def alive(self) -> bool:
        return self.process.poll() is None

    def ask_to_stop(self) -> None:
        if self.alive and not self.asked:  # asked twice, many programs stop at once
            self.asked = True
            self.process.send_signal(self.stop_signal)

    def stop(self, patience: float = PATIENCE) -> None:
        """Ask, wait, and then insist with its whole process group."""
        self.ask_to_stop()
        if self.forgetful:
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(patience / 5)
            self.asked = False
            self.ask_to_stop()
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)  # its own children too, if any are left
        self.process.wait()


def start(
    name: str,
    command: Sequence[str | Path],
    *,
    stop_signal: signal.Signals = signal.SIGTERM,
    output: IO[bytes] | None = None,
    folder: Path = Path("/"),
    forgetful: bool = False,
    keep_open: Sequence[int] = (),
    before: Callable[[], None] = lambda: None,
) -> Child:
    """Start a child in its own session, so that Ctrl-C reaches us alone and we stop it in order.

    Call it from the main thread: the kernel's promise to signal the child ends with the thread.
    """
    parent = os.getpid()

    def prepare() -> None:
        for number in _INHERITED:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_SETMASK, ())
        before()
        die_with(parent, stop_signal)  # last: a change of user cancels it

    process = subprocess.Popen(
        [str(part) for part in command],
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        cwd=folder,
        start_new_session=True,
        pass_fds=keep_open,
        preexec_fn=prepare,
    )
    return Child(name, process, stop_signal, forgetful)


@contextmanager
def undisturbed() -> Iterator[None]:
    """Let signals to stop wait: between a child's start and the note of it, it would be forgotten."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _INHERITED)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def die_with(parent: int, stop_signal: signal.Signals) -> None:
    """Have the kernel send us this signal when our parent dies (Linux alone can)."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(stop_signal), 0, 0, 0)
    if os.getppid() != parent:  # it died before we asked
        os._exit(1)


def wait_until(ready: Callable[[], bool], child: Child, seconds: float = 30) -> bool:
    """Whether it came to be ready; stops waiting when the child has died."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and child.alive:
        if ready():
            return True
        time.sleep(0.02)
    return False
