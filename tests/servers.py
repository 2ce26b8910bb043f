"""PostgreSQL and Redis for the tests, started before anything reads the settings.

Loaded with `-p` in pyproject.toml: a conftest would be too late. DATABASE_URL and REDIS_URL from
outside are used instead, if given.
"""

import os
import shutil
import tempfile
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path

import pytest

from config import embedded
from config.embedded.servers import servers
from config.redis_addresses import database_number, with_database

_running = ExitStack()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests() -> Generator[None]:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker:
        _separate(int(worker.removeprefix("gw")) + 1)
    else:
        _start()
    yield


def _start() -> None:
    """In the process that was asked to test; its xdist workers inherit the addresses."""
    folder = Path(tempfile.mkdtemp(prefix="placework-tests-"))
    _running.callback(shutil.rmtree, folder, ignore_errors=True)
    os.environ["PLACEWORK_MODE"] = "test"
    os.environ["PLACEWORK_DATA"] = str(folder)
    wanted = {"DATABASE_URL": embedded.database_url, "REDIS_URL": embedded.redis_url}
    missing = [name for name in wanted if not os.environ.get(name)]
    if missing:
        folder.chmod(0o711)
        _running.callback(shutil.rmtree, embedded.socket_folder(folder), ignore_errors=True)
        _running.enter_context(servers(folder, throwaway=True))
    for name in missing:
        os.environ[name] = wanted[name](folder)


def _separate(number: int) -> None:
    """Each xdist worker has its own Redis databases and files; pytest-django splits PostgreSQL."""
    url = os.environ["REDIS_URL"]
    os.environ["REDIS_URL"] = with_database(url, database_number(url) + 2 * number)
    folder = Path(os.environ["PLACEWORK_DATA"]) / f"worker-{number}"
    folder.mkdir(exist_ok=True)
    os.environ["PLACEWORK_DATA"] = str(folder)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure() -> None:
    _running.close()
