"""The folder of the sockets, made safely in a place where everyone may write."""

import os
import stat
from pathlib import Path

from config.embedded.addresses import postgres_folder, socket_folder
from config.embedded.faults import ServersError


def claim_socket_folder(data_folder: Path, postgres_user: tuple[int, int]) -> None:
    """Make the folder of the sockets, or refuse one that somebody else made first."""
    folder = socket_folder(data_folder)
    private = postgres_user[0] == os.geteuid()
    _claim(folder, owner=os.geteuid(), mode=0o700 if private else 0o711)
    inner = postgres_folder(data_folder)
    if not inner.exists():
        inner.mkdir(mode=0o700)
        os.chown(inner, *postgres_user)
    _claim(inner, owner=postgres_user[0], mode=0o700)


def _claim(folder: Path, *, owner: int, mode: int) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner:
        raise ServersError(
            f"{folder} belongs to another user, so the servers' sockets would not be safe there. "
            "Remove it, or set PLACEWORK_DATA to another folder."
        )
    folder.chmod(mode)
