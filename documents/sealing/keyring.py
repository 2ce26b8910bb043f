"""The folder of private keys, which the worker alone can read. Nothing of it is in the database.

`seal.pem` holds the key that seals, its certificate and the root's; `root.pem` the root's key, which
only `make_seal_key --rotate` needs and which may be locked away meanwhile.
"""

import os
import tempfile
from pathlib import Path

from cryptography import x509

from documents.sealing.authority import Pair
from documents.sealing.certificates import pem_of

SEAL, ROOT = "seal.pem", "root.pem"


def write_root(folder: Path, root: Pair) -> None:
    _write(folder, ROOT, root.as_pem())


def write_seal(folder: Path, seal: Pair, root: x509.Certificate) -> None:
    """In one step, so that the key and its certificate are never of two kinds."""
    _write(folder, SEAL, seal.as_pem() + pem_of(root).encode())


def read_root(folder: Path) -> Pair | None:
    """The root with its key, if it is there."""
    file = folder / ROOT
    return Pair.from_pem(file.read_bytes()) if file.exists() else None


def _write(folder: Path, name: str, content: bytes) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    # The temporary file is readable by its owner alone from its first moment.
    descriptor, unfinished = tempfile.mkstemp(dir=folder, prefix=f".{name}-")
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(unfinished).replace(folder / name)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise
