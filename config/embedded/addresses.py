"""Where the embedded servers listen: unix sockets in a short folder that belongs to one data folder.

A socket's path may have at most 107 bytes, so it cannot lie inside a deep data folder.
"""

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

DATABASE_NAME = "placework"
DATABASE_USER = "postgres"


def socket_folder(data_folder: Path) -> Path:
    """The folder of both sockets: the same for the same data folder and user, and short.

    Never `tempfile.gettempdir()`: two commands with different TMPDIR would miss each other.
    """
    digest = hashlib.sha256(str(data_folder.resolve()).encode()).hexdigest()[:10]
    return Path("/tmp") / f"placework-{os.geteuid()}-{digest}"  # noqa: S108 owner is checked


def postgres_folder(data_folder: Path) -> Path:
    """A folder of its own, as PostgreSQL may have to run as another user than we do."""
    return socket_folder(data_folder) / "postgres"


def redis_socket(data_folder: Path) -> Path:
    return socket_folder(data_folder) / "redis.sock"


def database(data_folder: Path) -> dict[str, Any]:
    """Django's DATABASES entry for the embedded PostgreSQL."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": DATABASE_NAME,
        "USER": DATABASE_USER,
        "HOST": str(postgres_folder(data_folder)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def database_url(data_folder: Path) -> str:
    """The same as an address, as a setting from outside would give it."""
    host = quote(str(postgres_folder(data_folder)), safe="")
    return f"postgres://{DATABASE_USER}@{host}/{DATABASE_NAME}"


def redis_url(data_folder: Path) -> str:
    return f"unix://{redis_socket(data_folder)}?db=0"
