"""The other end of `documents.sealing.apart`: python -m documents.sealing.checking_process"""

import json
import resource
import sys
from contextlib import suppress
from datetime import datetime

from documents.sealing.apart import LENGTHS
from documents.sealing.certificates import KnownCertificate, Use
from documents.sealing.checking import check

MEMORY = 768 * 1024 * 1024  # of addresses; the libraries take half of it
SECONDS = 10  # of a processor, for each file


def serve() -> None:
    """Answer about one file after the other until there is no more."""
    _limit(resource.RLIMIT_AS, MEMORY)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_CORE, 0)
    while head := sys.stdin.buffer.read(LENGTHS.size):
        about, size = LENGTHS.unpack(head)
        known = [_known(*each) for each in json.loads(sys.stdin.buffer.read(about))]
        pdf = sys.stdin.buffer.read(size)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + SECONDS)
        sys.stdout.write(json.dumps(check(pdf, known).as_json()) + "\n")
        sys.stdout.flush()


def _known(pem: str, use: str, retired_at: str | None) -> KnownCertificate:
    return KnownCertificate(
        pem, Use(use), datetime.fromisoformat(retired_at) if retired_at else None
    )


def _limit(what: int, most: int) -> None:
    """As low as asked, or as already set. macOS knows some limits by name alone."""
    _, hard = resource.getrlimit(what)
    with suppress(ValueError, OSError):
        resource.setrlimit(
            what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard)
        )


if __name__ == "__main__":
    serve()
