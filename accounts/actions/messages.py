"""Telling a worker that a row waits for it, without making the person who asked wait for the broker."""

import structlog
from celery import current_app
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


def accepted(task: str, *arguments: int | str) -> bool:
    """Send a message for the task of this name once; whether the broker took it.

    By name, because tasks call actions, and not the reverse. A message is only a hint to look at a
    row. Whoever sends it keeps in the row whether it was accepted, and has a sweep to send it again.
    """
    try:
        with current_app.connection_for_write(transport_options=_QUICKLY) as connection:
            producer = current_app.amqp.Producer(connection, auto_declare=False)
            current_app.send_task(task, arguments, producer=producer, retry=False)
    except (OperationalError, RedisError) as refusal:
        log.warning("broker_did_not_answer", task=task, reason=str(refusal))
        return False
    return True
