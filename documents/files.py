"""Files kept under the SHA-256 of their content, so that the same content is kept once."""

import hashlib
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage


@dataclass(frozen=True)
class KeptFile:
    name: str  # in the default storage
    sha256: str
    size: int


def keep(content: bytes, *, folder: str) -> KeptFile:
    """Store the content whole or not at all, and say where it is."""
    digest = hashlib.sha256(content).hexdigest()
    name = f"{folder}/{digest[:2]}/{digest}"
    if not default_storage.exists(name):
        name = _write(name, content)
    return KeptFile(name, digest, len(content))


def _write(name: str, content: bytes) -> str:
    if not isinstance(default_storage, FileSystemStorage):
        # An object store shows a file only when all of it has arrived.
        return default_storage.save(name, ContentFile(content))
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=path.parent, prefix="unfinished-", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            if default_storage.file_permissions_mode is not None:
                os.fchmod(file.fileno(), default_storage.file_permissions_mode)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    return name
