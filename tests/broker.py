"""The broker, gone for a while or another one."""

from collections.abc import Iterator
from contextlib import contextmanager

from celery import current_app

NOBODY_LISTENS_HERE = "redis://127.0.0.1:1/0"


@contextmanager
def broker_down() -> Iterator[None]:
    """Within it, a message to the worker finds nobody listening, at once."""
    with broker_at(NOBODY_LISTENS_HERE):
        yield


@contextmanager
def broker_at(address: str) -> Iterator[None]:
    """Within it, messages to the worker go to this address (in Celery's form)."""
    usual = current_app.conf.broker_url
    _use(address)
    try:
        yield
    finally:
        _use(usual)


def _use(address: str) -> None:
    current_app.conf.broker_url = address
    # Celery keeps its connections in pools that it offers no way to renew in a running process.
    current_app._pool = None
    current_app.amqp._producer_pool = None
