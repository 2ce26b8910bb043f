"""Whether each part that Placework stands on answers, asked with little patience."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooSlow
from time import monotonic

import structlog
from celery import current_app
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection

from documents.queries.seals import concern_about_the_seal

PATIENCE = 3.0  # seconds for all parts together
KEPT = 2.0  # seconds for which an answer is given again: asking often must cost little

log = structlog.get_logger(__name__)


def database() -> None:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close()  # this thread's own


def broker() -> None:
    with current_app.connection_for_read() as line:
        line.ensure_connection(max_retries=1, timeout=1)


def worker() -> None:
    if not current_app.control.ping(timeout=PATIENCE / 2, limit=1):
        raise TimeoutError("no worker answered")


def storage() -> None:
    """Write, read and remove a file: a full disk, or a bucket for reading alone, would not do."""
    name = default_storage.save("healthz", ContentFile(b"healthy"))
    try:
        with default_storage.open(name) as file:
            if file.read() != b"healthy":
                raise OSError("what was read is not what was written")
    finally:
        default_storage.delete(name)


def seal() -> None:
    """What web knows of the key that seals: its certificate. The key itself only the worker sees."""
    try:
        if concern := concern_about_the_seal():
            raise ValueError(concern)
    finally:
        connection.close()


PARTS: dict[str, Callable[[], None]] = {
    "database": database,
    "broker": broker,
    "worker": worker,
    "storage": storage,
    "seal": seal,
}
WARNINGS = {"seal"}  # parts without which everything else works


def ask(parts: dict[str, Callable[[], None]], patience: float = PATIENCE) -> dict[str, bool]:
    """Ask every part at once. Why one failed is in the log; a stranger is not told."""
    pool = ThreadPoolExecutor(len(parts), thread_name_prefix="health")
    asked = {name: pool.submit(part) for name, part in parts.items()}
    until = monotonic() + patience
    answers = {}
    for name, answer in asked.items():
        try:
            answer.result(max(0, until - monotonic()))
            answers[name] = True
        except TooSlow:
            log.warning("part_did_not_answer", part=name, reason=f"silent for {patience} s")
            answers[name] = False
        except Exception as fault:
            log.warning("part_did_not_answer", part=name, reason=repr(fault))
            answers[name] = False
    pool.shutdown(wait=False, cancel_futures=True)
    return answers


class Health:
    """The answers, asked anew when the last ones are no longer fresh."""

    def __init__(self, parts: dict[str, Callable[[], None]]) -> None:
        self._parts = parts
        self._lock = threading.Lock()
        self._asked_at = -KEPT
        self._answers: dict[str, bool] = {}

    def answers(self) -> dict[str, bool]:
        with self._lock:
            if monotonic() - self._asked_at >= KEPT:
                self._answers = ask(self._parts)
                self._asked_at = monotonic()
            return self._answers


health = Health(PARTS)
