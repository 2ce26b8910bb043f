"""The process that holds the servers: `python -m config.embedded.keeper DATA_FOLDER`.

It says "ready", or what went wrong, on its output, and closes it.
"""

import os
import signal
import sys
import time
from pathlib import Path

from config.embedded.children import Child
from config.embedded.faults import ServersError
from config.embedded.locks import Lock
from config.embedded.orphans import Orphans
from config.embedded.servers import servers
from config.embedded.use import keeper_lock, users_lock

_PAUSE = 0.1  # seconds between two looks


def keep(data_folder: Path) -> None:
    """Hold the servers until nobody uses them, or until one of them dies."""
    alive = Lock(keeper_lock(data_folder))
    if not alive.acquire_soon():
        raise ServersError(f"The servers of {data_folder} are held by another process.")
    users = Lock(users_lock(data_folder))
    with servers(data_folder) as started:
        _report("ready")
        orphans = Orphans(data_folder)
        while not users.acquire(wait=False):
            if _dead(started):
                return
            orphans.look()
            time.sleep(_PAUSE)


def _dead(started: list[Child]) -> bool:
    gone = [child.name for child in started if not child.alive]
    if gone:
        sys.stderr.write(f"{' and '.join(gone)} stopped by itself; stopping the rest.\n")
    return bool(gone)


def _report(text: str) -> None:
    """To whoever started us; then their reading ends, as nothing else holds the pipe open."""
    sys.stdout.write(text)
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def main() -> None:
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: sys.exit(0))
    try:
        keep(Path(sys.argv[1]))
    except ServersError as fault:
        _report(str(fault))
        sys.exit(1)


if __name__ == "__main__":
    main()
