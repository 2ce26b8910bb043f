"""Using the embedded servers: whoever comes first starts them, whoever leaves last stops them.

Every user holds a shared lock on one file. A keeper, a process of its own, holds the servers, and
stops them as soon as it can have that lock for itself. So nothing is counted, and nothing is left
behind however a user ends.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from config.embedded.faults import ServersError
from config.embedded.locks import Lock, is_held

_PATIENCE = 30.0  # seconds
PROJECT = Path(__file__).resolve().parent.parent.parent


def users_lock(data_folder: Path) -> Path:
    return data_folder / "locks" / "users"


def keeper_lock(data_folder: Path) -> Path:
    return data_folder / "locks" / "keeper"


def are_up(data_folder: Path) -> bool:
    """Whether somebody holds the servers."""
    return is_held(keeper_lock(data_folder))


@contextmanager
def use_servers(data_folder: Path) -> Iterator[int]:
    """Have the servers up while the block runs.

    It yields the lock's file descriptor: a child that inherits it is a user as well.
    """
    users = Lock(users_lock(data_folder))
    users.acquire(shared=True)  # waits here while a keeper is stopping the servers
    keeper = None
    try:
        with Lock(data_folder / "locks" / "starting"):
            if not are_up(data_folder):
                keeper = _start_keeper(data_folder)
        yield users.descriptor
    finally:
        last = users.acquire(wait=False) and users.acquire(shared=True)
        users.release()
        if last:  # then leave nothing behind, not even for a moment
            _wait_for_the_end(data_folder)
        if keeper and last:
            with suppress(subprocess.TimeoutExpired):
                keeper.wait(1)


def _wait_for_the_end(data_folder: Path) -> None:
    """Until the keeper has stopped the servers; not for ever, as a child of ours may use them yet."""
    deadline = time.monotonic() + _PATIENCE
    while are_up(data_folder) and time.monotonic() < deadline:
        time.sleep(0.02)


def _start_keeper(data_folder: Path) -> "subprocess.Popen[bytes]":
    log = data_folder / "logs" / "keeper.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        keeper = subprocess.Popen(
            [sys.executable, "-m", "config.embedded.keeper", str(data_folder)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=output,
            cwd=PROJECT,
            start_new_session=True,
        )
    assert keeper.stdout
    with keeper.stdout as reports:
        report = reports.read().decode().strip()
    if report != "ready":
        keeper.wait()
        raise ServersError(report or f"The embedded servers did not start. See {log}.")
    return keeper
