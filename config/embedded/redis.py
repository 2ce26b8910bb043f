"""The embedded Redis: started with an append-only file, and known to be ready."""

import socket
from collections.abc import Sequence
from pathlib import Path

from config.embedded import children
from config.embedded.addresses import redis_socket
from config.embedded.binaries import redis_binary
from config.embedded.faults import ServersError


def start_redis(
    data_folder: Path, *, keep_open: Sequence[int] = (), throwaway: bool = False
) -> children.Child:
    """Start it on the data folder, and wait until it answers."""
    folder = data_folder / "redis"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    log = data_folder / "logs" / "redis.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    address = redis_socket(data_folder)
    address.unlink(missing_ok=True)  # left by one that was killed; nobody else may be using it here
    with log.open("ab") as output:
        child = children.start(
            "Redis",
            [
                *(redis_binary(), "--port", "0", "--unixsocket", address),
                *("--unixsocketperm", "700", "--databases", "64"),
                *("--dir", folder, "--save", "", "--appendonly", "no" if throwaway else "yes"),
            ],
            output=output,
            keep_open=keep_open,
        )
    if not children.wait_until(lambda: _answers(address), child):
        child.stop()
        raise ServersError(f"Redis did not start. Its log is {log}.")
    return child


def _answers(address: Path) -> bool:
    try:
        with socket.socket(socket.AF_UNIX) as connection:
            connection.settimeout(1)
            connection.connect(str(address))
            connection.sendall(b"PING\r\n")
            return connection.recv(16).startswith(b"+PONG")
    except OSError:
        return False
