"""The process that holds the servers: `python -m config.embedded.keeper DATA_FOLDER`.

Redis is started again when it dies, unless it does so over and over; PostgreSQL is not, since what
killed it may have harmed its files, and somebody should look.

It says "ready", or what went wrong, on its output, and closes it.
"""

import os
import signal
import sys
import time
from pathlib import Path

from config.embedded.faults import ServersError
from config.embedded.locks import Lock
from config.embedded.orphans import Orphans
from config.embedded.servers import Servers, servers
from config.embedded.use import keeper_lock, users_lock

_PAUSE = 0.1  # seconds between two looks
_RESTARTS, _WITHIN = 3, 60.0  # so many in so many seconds; more would hide a fault


def keep(data_folder: Path) -> None:
    """Hold the servers until nobody uses them, or until one of them dies."""
    alive = Lock(keeper_lock(data_folder))
    if not alive.acquire_soon():
        raise ServersError(f"The servers of {data_folder} are held by another process.")
    users = Lock(users_lock(data_folder))
    with servers(data_folder) as both:
        _report("ready")
        orphans = Orphans(data_folder)
        restarts: list[float] = []
        while not users.acquire(wait=False):
            if not _are_well(both, restarts):
                return
            orphans.look()
            time.sleep(_PAUSE)


def _are_well(both: Servers, restarts: list[float]) -> bool:
    """Whether both run, perhaps again; `restarts` are the times of those before, in seconds."""
    dead = both.dead()
    if not dead:
        return True
    now = time.monotonic()
    restarts[:] = [then for then in restarts if now - then < _WITHIN]
    if dead != ["Redis"] or len(restarts) >= _RESTARTS:
        sys.stderr.write(f"{' and '.join(dead)} stopped by itself; stopping the rest.\n")
        return False
    restarts.append(now)
    both.start_redis_again()
    sys.stderr.write("Redis stopped by itself and was started again.\n")
    return True


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
        sys.exit(str(fault))  # into the log: by now, nobody may read the output any more


if __name__ == "__main__":
    main()
