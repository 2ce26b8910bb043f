"""Server time of a page: the WSGI application called in this process, without a network.

Django's test client copies every template's context, which would be measured too; so it is not used.
"""

import time
from collections.abc import Callable
from http import HTTPStatus
from importlib import import_module
from io import BytesIO
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import unquote

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections, connection
from django.test import override_settings

from accounts.models import Person
from tests.bench import floor

Page = Callable[[], bytes]


def session_of(person: Person) -> str:
    """The key of a new session in which `person` is signed in."""
    store = import_module(settings.SESSION_ENGINE).SessionStore()
    store[SESSION_KEY] = str(person.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = person.get_session_auth_hash()
    store.create()
    return str(store.session_key)


def environ(address: str, session: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": unquote(path),
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_COOKIE": f"{settings.SESSION_COOKIE_NAME}={session}" if session else "",
        "wsgi.url_scheme": "http",
        "wsgi.input": BytesIO(),
    }


def page(application: WSGIHandler, address: str, session: str = "") -> Page:
    """A call that answers `address` once and returns the body; anything but 200 is an error."""

    def answer() -> bytes:
        started: list[str] = []
        # As Django's test client does: a test's transaction must outlive the request.
        request_started.disconnect(close_old_connections)
        response = application(
            environ(address, session), lambda status, _headers, _info=None: started.append(status)
        )
        request_started.connect(close_old_connections)
        body = b"".join(response)
        if not started[0].startswith(str(HTTPStatus.OK.value)):
            raise AssertionError(f"{address} answered {started[0]}")
        return body

    return answer


def floor_page() -> Page:
    """The floor page under Django's default middleware."""

    with override_settings(MIDDLEWARE=floor.MIDDLEWARE):
        return page(WSGIHandler(), "/")


def seconds(call: Callable[[], object]) -> float:
    """What a call takes, less the time for which it stood in line for a processor.

    Otherwise a machine that does other work as well would make slow pages of long ones.
    """
    database, queued = _scheduled()
    ran, start = time.thread_time(), time.perf_counter()
    call()
    passed, ran = time.perf_counter() - start, time.thread_time() - ran
    database_now, queued_now = _scheduled()
    # When both stand in line at once, too much is taken off; it never takes less than they worked.
    return max(ran + database_now - database, passed - (queued_now - queued))


def _scheduled() -> tuple[float, float]:
    """Seconds for which our PostgreSQL process ran, and for which it and this thread stood in line.

    Linux tells; elsewhere, or with a database elsewhere, what passes on the clock is what counts.
    """
    link = connection.connection
    if link is None or not link.info.host.startswith("/"):
        return 0.0, 0.0
    try:
        ours, theirs = (
            [int(number) for number in Path("/proc", process, "schedstat").read_text().split()]
            for process in ("thread-self", str(link.info.backend_pid))
        )
    except OSError:
        return 0.0, 0.0
    return theirs[0] / 1e9, (ours[1] + theirs[1]) / 1e9


def ratio(of: Page, to: Page, rounds: int = 30) -> tuple[float, float, float]:
    """Seconds of both, and `of`'s in `to`'s, taken in turns so that noise meets both alike.

    The fastest tenth of the rounds: what else the machine does mostly adds.
    """
    for _ in range(3):
        of(), to()
    pairs = [(seconds(of), seconds(to)) for _ in range(rounds)]
    ours, floor = (quantiles(side, n=10)[0] for side in zip(*pairs, strict=True))
    return ours, floor, ours / floor
