"""Telling a worker that a row waits for it, without making the person who asked wait for the broker."""

from typing import Any

import structlog
from celery import Task, current_app
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

# A broker that is down refuses at once; one that hangs costs the page this many seconds.
PATIENCE = 1
_QUICKLY = {
    "max_retries": 0,
    "interval_start": 0,
    "interval_step": 0,
    "interval_max": 0,
    "socket_connect_timeout": PATIENCE,
    "socket_timeout": PATIENCE,
}

log = structlog.get_logger(__name__)


def accepted(task: Task[Any, Any], *arguments: int | str) -> bool:
    """Send the task to the broker once; whether the broker took it.

    A message is only a hint to look at a row. Whoever sends it keeps in the row whether it was
    accepted, and has a sweep that sends it again.
    """
    try:
        with current_app.connection_for_write(transport_options=_QUICKLY) as connection:
            producer = current_app.amqp.Producer(connection, auto_declare=False)
            task.apply_async(arguments, producer=producer, retry=False)
    except (OperationalError, RedisError) as refusal:
        log.warning("broker_did_not_answer", task=task.name, reason=str(refusal))
        return False
    return True
