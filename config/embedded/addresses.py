"""Where the embedded servers listen: unix sockets in a short folder that belongs to one data folder.

A socket's path may have at most 107 bytes, so it cannot lie inside a deep data folder.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import Any


def socket_folder(data_folder: Path) -> Path:
    """The folder of both sockets: the same for the same data folder and user, and short."""
    digest = hashlib.sha256(str(data_folder.resolve()).encode()).hexdigest()[:10]
    return Path(tempfile.gettempdir()) / f"placework-{os.getuid()}-{digest}"


def database(data_folder: Path) -> dict[str, Any]:
    """Django's DATABASES entry for the embedded PostgreSQL."""
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "placework",
        "USER": "postgres",
        "HOST": str(socket_folder(data_folder)),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }


def redis_socket(data_folder: Path) -> Path:
    return socket_folder(data_folder) / "redis.sock"


def cache_url(data_folder: Path) -> str:
    return f"unix://{redis_socket(data_folder)}?db=1"


def broker_url(data_folder: Path) -> str:
    """`virtual_host` chooses the Redis database; kombu silently ignores `db` in this form."""
    return f"redis+socket://{redis_socket(data_folder)}?virtual_host=0"
