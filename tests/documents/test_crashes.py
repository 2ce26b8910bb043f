"""Workers that are killed, and a broker that is away: each ends in one finished file, and the page
tells the truth in between. Real processes on the tests' PostgreSQL and a Redis of their own."""

import hashlib
import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AuditEvent, Person
from config import embedded
from config.embedded import children
from config.embedded.redis import start_redis
from config.redis_addresses import broker_url
from documents.actions.jobs import RESEND_AFTER, request_job, sweep_jobs
from documents.locks import held
from documents.manuscript import as_pdf
from documents.models import Job
from tests import builders
from tests.broker import broker_at
from tests.documents.crashing import DOCUMENT, GATE, KIND

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
PATIENCE = 2.0  # seconds from the click to the page that tells of it


class Broker:
    """A Redis of its own, which this process sends its messages to; it keeps them when it stops."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.url = embedded.redis_url(folder)
        self.log = folder / "worker.log"
        self.start()

    def start(self) -> None:
        self._redis = start_redis(self.folder)

    def stop(self) -> None:
        self._redis.stop()


@pytest.fixture
def broker() -> Iterator[Broker]:
    shutil.rmtree(Path(settings.MEDIA_ROOT, "documents"), ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="pw-"))
    embedded.socket_folder(folder).mkdir(mode=0o700)
    broker = Broker(folder)
    with broker_at(broker_url(broker.url)):
        yield broker
    broker.stop()
    shutil.rmtree(embedded.socket_folder(folder))
    shutil.rmtree(folder)


@contextmanager
def worker(broker: Broker) -> Iterator[children.Child]:
    """A worker with one process for tasks, as production runs it."""
    database = os.environ["DATABASE_URL"].rpartition("/")[0]
    environment = {
        "DATABASE_URL": f"{database}/{connection.settings_dict['NAME']}",
        "REDIS_URL": broker.url,
        "PYTHONPATH": str(settings.BASE_DIR),
    }
    command = ["-m", "celery", "-A", "config", "worker", "--concurrency", "1", "--loglevel", "INFO"]
    command += ["--without-mingle", "--without-gossip", "--include", "tests.documents.crashing"]
    with broker.log.open("ab") as log:
        child = children.start(
            "worker",
            [
                "env",
                *(f"{name}={value}" for name, value in environment.items()),
                sys.executable,
                *command,
            ],
            output=log,
            folder=settings.BASE_DIR,
        )
    try:
        yield child
    finally:
        kill(child)


def kill(child: children.Child) -> None:
    """kill -9 of the worker and the process it runs tasks in."""
    if child.alive:
        os.killpg(child.process.pid, signal.SIGKILL)
        child.process.wait()


def wait_until(true: Callable[[], bool], seconds: float = 40) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, "it did not come true"
        time.sleep(0.05)


@contextmanager
def in_the_way(statement: str, *values: object) -> Iterator[None]:
    """Hold a lock over another connection, until the block ends."""
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute(statement, values)
    try:
        yield
    finally:
        other.rollback()
        other.close()


def closed_gate() -> AbstractContextManager[None]:
    return in_the_way("SELECT pg_advisory_xact_lock(%s)", GATE)


def locked_row(job: Job) -> AbstractContextManager[None]:
    return in_the_way("SELECT 1 FROM documents_job WHERE id = %s FOR UPDATE", job.pk)


@pytest.fixture
def person() -> Person:
    return builders.person()


@pytest.fixture
def job(person, broker) -> Job:
    return request_job(KIND, by=person)


@pytest.fixture
def page(client: Client, person: Person, job: Job) -> Callable[[], str]:
    client.force_login(person)
    return lambda: client.get(reverse("documents:job", args=[job.pk])).content.decode()


def later() -> None:
    """The sweep, when enough time has passed to take a message for lost."""
    Job.objects.filter(status__in=Job.UNFINISHED).update(
        message_sent_at=timezone.now() - RESEND_AFTER - timedelta(seconds=1)
    )
    sweep_jobs()


def assert_one_finished_file(
    client: Client, job: Job, page: Callable[[], str], attempts: int
) -> None:
    wait_until(lambda: "Done." in page())
    expected = as_pdf(DOCUMENT)
    assert client.get(reverse("documents:job_file", args=[job.pk])).getvalue() == expected
    job.refresh_from_db()
    assert job.attempts == attempts
    assert AuditEvent.objects.filter(kind="documents.made").count() == 1
    folder = Path(default_storage.path(job.result_file)).parent
    assert [file.name for file in folder.iterdir()] == [job.result_sha256]


def test_killed_before_the_start(client, broker, job, page):
    with locked_row(job), worker(broker) as first:
        wait_until(lambda: held([job.pk]))  # a worker has the message, and waits for the row
        assert "Waiting for its turn" in page()
        kill(first)
        assert "Waiting for its turn" in page()
    later()
    with worker(broker):
        assert_one_finished_file(client, job, page, attempts=1)


def test_killed_while_rendering(client, broker, job, page):
    with closed_gate(), worker(broker) as first:
        wait_until(lambda: "Drawing the pages (1 of 2)" in page())
        assert "Running" in page()
        kill(first)
        wait_until(lambda: not held([job.pk]))
        assert "This was interrupted. It will start again by itself." in page()
        assert "<progress" not in page()
    sweep_jobs()
    with worker(broker):
        assert_one_finished_file(client, job, page, attempts=2)


def test_killed_after_rendering_before_the_row_is_saved(client, broker, job, page):
    sha256 = hashlib.sha256(as_pdf(DOCUMENT)).hexdigest()
    with worker(broker) as first, ExitStack() as until_killed:
        with closed_gate():
            wait_until(lambda: "Drawing the pages (1 of 2)" in page())
            until_killed.enter_context(locked_row(job))
        wait_until(lambda: default_storage.exists(f"documents/{sha256[:2]}/{sha256}"))
        assert "Running" in page()
        kill(first)
    wait_until(lambda: not held([job.pk]))
    assert "It will start again by itself" in page()
    sweep_jobs()
    with worker(broker):
        assert_one_finished_file(client, job, page, attempts=2)


def test_the_broker_down_at_the_click(client, broker, job, person):
    Job.objects.filter(pk=job.pk).update(status="failed")
    client.force_login(person)
    broker.stop()
    clicked_at = time.monotonic()
    address = client.post(reverse("documents:job_again", args=[job.pk])).url
    html = client.get(address).content.decode()
    assert time.monotonic() - clicked_at < PATIENCE
    assert "The queue does not answer at the moment. Your request is saved" in html
    broker.start()
    sweep_jobs()
    again = Job.objects.latest("pk")
    with worker(broker):
        assert_one_finished_file(
            client, again, lambda: client.get(address).content.decode(), attempts=1
        )
