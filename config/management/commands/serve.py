"""The whole of Placework in one command: what `make run` ends in."""

import logging
import os
import signal
import sys
from contextlib import AbstractContextManager, nullcontext
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.embedded import are_up, use_servers
from config.embedded.locks import Lock
from config.embedded.orphans import note_groups, serve_lock
from config.prepare import prepare
from config.processes import Processes, can_listen, wait_for_page

HOST = "127.0.0.1"


class Command(BaseCommand):
    help = "Prepares the database, and runs web server, worker and clock until Ctrl-C."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=settings.PORT, help="instead of PORT")

    def handle(self, *args: Any, port: int, **options: Any) -> None:
        # `make` killed outright tells nobody, so its child looks whether it is still there.
        parent = os.getppid() if "MAKELEVEL" in os.environ else None
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: sys.exit(0))  # unwinds, and stops what was started
        logging.getLogger().setLevel(logging.WARNING)  # the screen is for the person who typed it
        os.environ["PLACEWORK_DATA"] = str(settings.DATA_FOLDER)  # ours, whatever folder we are in
        self._refuse_a_second(port)
        with self._servers() as lock:
            prepare()
            call_command("collectstatic", interactive=False, verbosity=0)
            with Processes(
                settings.DATA_FOLDER / "logs",
                keep_open=[lock] if lock else [],
                note=lambda groups: note_groups(self.lock, groups),
                servers_up=lambda: not lock or are_up(settings.DATA_FOLDER),
            ) as processes:
                self._start(processes, port)
                processes.watch(parent)

    def _servers(self) -> AbstractContextManager[int | None]:
        """The embedded ones, with the lock that keeps them up; those from outside need none."""
        return use_servers(settings.DATA_FOLDER) if settings.EMBEDDED else nullcontext()

    def _start(self, processes: Processes, port: int) -> None:
        processes.start_web(HOST, port)
        wait_for_page(HOST, port, processes)
        self.stdout.write(
            f"\nPlacework is at http://localhost:{port}/\n"
            f"Its data and logs are in {settings.DATA_FOLDER}. Ctrl-C stops it."
        )
        self.stdout.flush()
        processes.start_worker()
        processes.start_clock()

    def _refuse_a_second(self, port: int) -> None:
        self.lock = Lock(serve_lock(settings.DATA_FOLDER))  # held until the process ends
        if not self.lock.acquire_soon():
            raise CommandError(
                f"Placework already runs on {settings.DATA_FOLDER}. Use that one, stop it with "
                "Ctrl-C where it was started, or give this one a data folder and port of its own: "
                f"make run PLACEWORK_DATA=/tmp/second PORT={port + 1}"
            )
        if not (settings.BASE_DIR / "static" / "build").exists():
            raise CommandError("The style sheets are not built yet. Type: make assets")
        if not can_listen(HOST, port):
            raise CommandError(
                f"Port {port} is taken by another program. Choose another: make run PORT={port + 1}"
            )
