"""PostgreSQL refuses to run as root. When we are root, it runs as `nobody`.

Where a folder on the way is closed to `nobody` (a project in /root, say), the process keeps one
single capability, to pass closed folders, so that nobody's home need be opened for it.
"""

import ctypes
import os
import pwd
from collections.abc import Callable, Iterable
from pathlib import Path

from config.embedded.faults import ServersError

ACCOUNT = "nobody"
_CAP_DAC_OVERRIDE, _CAP_DAC_READ_SEARCH, _CAP_SETPCAP = 1, 2, 8
_PR_SET_SECUREBITS, _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE = 28, 47, 2
_KEEP_CAPABILITIES = 1 << 2  # over a change of user, and when `access` is asked
_CAPABILITY_VERSION_3 = 0x20080522


def postgres_user() -> tuple[int, int]:
    """Whom PostgreSQL runs as: user and group."""
    if os.geteuid() != 0:
        return os.geteuid(), os.getegid()
    account = pwd.getpwnam(ACCOUNT)
    return account.pw_uid, account.pw_gid


def dropping_root(paths: Iterable[Path]) -> Callable[[], None]:
    """What the child does before it becomes PostgreSQL; `paths` are those it must reach."""
    if os.geteuid() != 0:
        return lambda: None
    user, group = postgres_user()
    closed = [path for path in paths if closed_folder(path) is not None]
    capability = capability_to_pass(closed[0], _held_capabilities()) if closed else None

    def drop() -> None:
        _become(user, group, capability)

    return drop


def closed_folder(path: Path) -> Path | None:
    """The first folder on the way to `path` that `nobody` may not pass."""
    for folder in reversed(path.resolve().parents):
        if not folder.stat().st_mode & 0o001:
            return folder
    return None


def _held_capabilities() -> int:
    """What root may do here: containers take some away, and only Linux knows of them."""
    status = Path("/proc/self/status")
    return int(status.read_text().split("CapPrm:")[1].split()[0], 16) if status.exists() else 0


def capability_to_pass(path: Path, held: int) -> int:
    """The weaker of the two that would do, of those that are held."""
    for capability in (_CAP_DAC_READ_SEARCH, _CAP_DAC_OVERRIDE):
        if held & (1 << capability) and held & (1 << _CAP_SETPCAP):
            return capability
    folder = closed_folder(path)
    raise ServersError(
        f"PostgreSQL does not run as root, and the user {ACCOUNT} cannot pass {folder}. "
        f"Run as an ordinary user, or type: chmod o+x {folder}"
    )


def _become(user: int, group: int, capability: int | None) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if capability is not None:
        libc.prctl(_PR_SET_SECUREBITS, _KEEP_CAPABILITIES, 0, 0, 0)
    os.setgroups([])
    os.setgid(group)
    os.setuid(user)
    if capability is None:
        return
    bit = 1 << capability
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    sets = (ctypes.c_uint32 * 6)(bit, bit, bit, 0, 0, 0)  # effective, permitted, inheritable
    if libc.capset(header, sets) or libc.prctl(
        _PR_CAP_AMBIENT, _PR_CAP_AMBIENT_RAISE, capability, 0, 0
    ):
        raise OSError(ctypes.get_errno(), "could not keep the capability to pass closed folders")
