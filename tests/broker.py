"""The broker, gone for a while."""

from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app

NOBODY_LISTENS_HERE = "redis://127.0.0.1:1/0"


@contextmanager
def broker_down() -> Iterator[None]:
    """Within it, a message to the worker finds nobody listening, at once."""
    address = current_app.conf.broker_url
    _use(NOBODY_LISTENS_HERE)
    try:
        yield
    finally:
        _use(address)


def _use(address: str) -> None:
    current_app.conf.broker_url = address
    # Celery keeps its connections in pools that it offers no way to renew in a running process.
    current_app._pool = None
    current_app.amqp._producer_pool = None
