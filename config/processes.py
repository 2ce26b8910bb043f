"""Web server, worker and clock as children of one command.

Worker and clock are started again when they die, unless they do so over and over; when anything else
dies, all stop.
"""

import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from django.core.management.base import CommandError

from config.embedded import children

PROJECT = Path(__file__).resolve().parent.parent
_PAUSE = 0.25  # seconds between two looks
_PATIENCE = 10.0
_RESTARTS, _WITHIN = 3, 60.0  # so many in so many seconds; more would hide a fault


class Processes:
    """The children, in the order in which they were started; leaving the block stops them all."""

    def __init__(
        self,
        logs: Path,
        *,
        keep_open: list[int],
        servers_up: Callable[[], bool],
        note: Callable[[list[int]], None],
    ) -> None:
        self.note = note  # writes down what runs, for when we cannot stop it ourselves
        self.logs = logs
        self.servers_up = servers_up
        self.keep_open = keep_open
        self.running: list[children.Child] = []
        self.restarts: list[float] = []

    def __enter__(self) -> "Processes":
        self.logs.mkdir(parents=True, exist_ok=True)
        return self

    def __exit__(self, *_: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # we are stopping already
        for child in self.running:
            child.ask_to_stop()
        for child in reversed(self.running):
            child.stop(_PATIENCE)
        self.note([])

    def start_web(self, host: str, port: int) -> None:
        self._start(
            "web",
            *("-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port)),
            *(
                "--no-ws",
                "--workers",
                "1",
                "--blocking-threads",
                "4",
                "--workers-kill-timeout",
                "5",
            ),
            "config.wsgi:application",
            forgetful=True,
        )

    def start_worker(self) -> None:
        # SIGQUIT: finish what can be finished shortly, and put the rest back into the queue.
        self._start(
            "worker",
            *("-m", "celery", "-A", "config", "worker", "--concurrency", "2"),
            *("--without-mingle", "--without-gossip"),  # there is no other worker to meet
            stop_signal=signal.SIGQUIT,
        )

    def start_clock(self) -> None:
        schedule = self.logs.parent / "clock" / "schedule"
        schedule.parent.mkdir(parents=True, exist_ok=True)
        self._start(
            "clock",
            *("-m", "celery", "-A", "config", "beat", "--schedule", str(schedule)),
            *("--pidfile", ""),
        )

    def _start(
        self,
        name: str,
        *arguments: str,
        stop_signal: signal.Signals = signal.SIGTERM,
        forgetful: bool = False,
    ) -> None:
        with self._log(name).open("ab") as output, children.undisturbed():
            self.running.append(
                children.start(
                    name,
                    [sys.executable, *arguments],
                    stop_signal=stop_signal,
                    output=output,
                    folder=PROJECT,
                    keep_open=self.keep_open,
                    forgetful=forgetful,
                )
            )
            self.note([child.process.pid for child in self.running])

    def _log(self, name: str) -> Path:
        return self.logs / f"{name}.log"

    def check(self) -> None:
        """Raise when a child has died for good, or a server that all of them need."""
        if not self.servers_up():
            log = self._log("keeper")
            raise CommandError(f"PostgreSQL or Redis stopped by itself. {log} says which.")
        for child in list(self.running):
            if not child.alive and not self._restarted(child):
                log = self._log(child.name)
                end = "\n".join(log.read_text(errors="replace").splitlines()[-15:])
                raise CommandError(
                    f"The {child.name} process stopped by itself (code "
                    f"{child.process.returncode}), so the rest is stopped too. "
                    f"Its log, {log}, ends:\n{end}"
                )

    def _restarted(self, child: children.Child) -> bool:
        """Whether a dead child was started again: what it was doing is swept up and done once."""
        start = {"worker": self.start_worker, "clock": self.start_clock}.get(child.name)
        now = time.monotonic()
        self.restarts = [then for then in self.restarts if now - then < _WITHIN]
        if not start or len(self.restarts) >= _RESTARTS:
            return False
        self.restarts.append(now)
        self.running.remove(child)
        start()
        code = child.process.returncode
        sys.stderr.write(
            f"The {child.name} process stopped by itself (code {code}) and was started again.\n"
        )
        return True

    def watch(self, parent: int | None) -> None:
        """Until a child dies for good, or the parent, if one is named, is gone without a word."""
        while parent in (None, os.getppid()):
            self.check()
            time.sleep(_PAUSE)


def can_listen(host: str, port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True


def wait_for_page(host: str, port: int, processes: Processes, seconds: float = 60) -> None:
    """Until the web server answers a request."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        processes.check()
        with suppress(OSError, HTTPException):
            connection = HTTPConnection(host, port, timeout=seconds)
            connection.request("GET", "/", headers={"Host": "localhost"})
            connection.getresponse()
            return
        time.sleep(0.05)
    raise CommandError(f"The web server did not answer within {seconds:.0f} seconds.")
