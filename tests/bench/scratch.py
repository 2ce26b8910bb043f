"""Throwaway servers and a throwaway database, outside pytest.

pytest-django and Django's test environment instrument templates, which would be measured too.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager

import django

from tests import servers


@contextmanager
def database() -> Iterator[None]:
    """Start what the tests start, migrate an empty database, and leave nothing behind."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    servers._start()
    django.setup()
    _write_logs_to_nowhere()
    from django.db import connection  # noqa: PLC0415 after setup

    name = connection.creation.create_test_db(verbosity=0)
    try:
        yield
    finally:
        connection.close()
        connection.creation.destroy_test_db(name, verbosity=0)
        servers.pytest_unconfigure()


def _write_logs_to_nowhere() -> None:
    """Logs are written as always, so that their cost is measured, but not among the figures."""
    for handler in logging.root.handlers:
        if isinstance(handler, logging.StreamHandler):
            handler.setStream(open(os.devnull, "w"))  # noqa: PTH123, SIM115 for as long as we run
