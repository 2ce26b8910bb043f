"""The one command and its servers, as processes of their own."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse

from config.embedded import are_up, children, socket_folder
from config.processes import can_listen
from tests.waiting import until

pytestmark = pytest.mark.slow
SIGN_IN = reverse("account_login")
OWN = {"DATABASE_URL", "REDIS_URL", "PLACEWORK_MODE", "PLACEWORK_DATA"}


@pytest.fixture(scope="module")
def used(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One data folder for many tests, as preparing each would take long."""
    return tmp_path_factory.mktemp("data")


@pytest.fixture
def folder(used: Path) -> Iterator[Path]:
    """A data folder, on which nothing runs any more when the test is over."""
    yield used
    until(lambda: not pids_of(used), 20)
    assert not socket_folder(used).exists()


def environment(folder: Path, **more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in OWN}
    return kept | {"PLACEWORK_DATA": str(folder)} | more


def pids_of(folder: Path, words: bytes = b"") -> list[int]:
    """All processes that were started with this data folder, and these words in their command."""
    mark, sockets = f"PLACEWORK_DATA={folder}\0".encode(), str(socket_folder(folder)).encode()
    return [
        int(process.name)
        for process in Path("/proc").iterdir()
        if process.name.isdecimal()
        and words in (command := read(process / "cmdline"))
        # Redis writes its title over its environment.
        and (mark in read(process / "environ") or sockets in command)
    ]


def read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # it has ended
        return b""


def free_port() -> int:
    return next(port for port in range(18000, 19000) if can_listen("127.0.0.1", port))


class Served:
    """`manage.py serve`, started as `make` starts it, and its page waited for."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.output = folder / "output"
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "serve"],
                cwd=settings.BASE_DIR,
                env=environment(folder, PORT=str(self.port)),
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        until(lambda: "Placework is at" in self.text() or self.process.poll() is not None)

    def text(self) -> str:
        return self.output.read_text()

    def status_of(self, path: str) -> int:
        connection = HTTPConnection("localhost", self.port, timeout=20)
        connection.request("GET", path)
        status = connection.getresponse().status
        connection.close()
        return status


@pytest.fixture
def served(folder: Path) -> Iterator[Served]:
    served = Served(folder)
    yield served
    served.process.kill()
    served.process.wait()


def manage(folder: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=environment(folder),
        text=True,
        capture_output=True,
        check=False,
        timeout=120,
    )


def how_many_people(folder: Path) -> int:
    code = "from accounts.models import Person; print(Person.objects.count())"
    done = manage(folder, "shell", "--verbosity", "0", "--command", code)
    assert done.returncode == 0, done.stderr
    return int(done.stdout)


def test_it_serves_until_interrupted_and_keeps_the_data(served: Served, folder: Path) -> None:
    assert f"http://localhost:{served.port}/" in served.text()
    assert served.status_of(SIGN_IN) == 200
    people = how_many_people(folder)  # another command at the same time uses the same servers
    assert served.status_of(SIGN_IN) == 200

    second = manage(folder, "serve")
    assert second.returncode == 1
    assert "already runs on" in second.stderr

    until(lambda: served.status_of("/healthz") == 200)  # the worker is there too
    served.process.send_signal(signal.SIGINT)
    assert served.process.wait(30) == 0
    until(lambda: not pids_of(folder))
    assert how_many_people(folder) == people


def test_killed_outright_it_leaves_nothing(served: Served, folder: Path) -> None:
    served.process.kill()
    until(lambda: not pids_of(folder))


def test_killed_servers_leave_nothing_and_start_again(served: Served, folder: Path) -> None:
    """SIGKILL for all that holds the servers, at once."""
    os.killpg(served.process.pid, signal.SIGKILL)
    for keeper in pids_of(folder, b"config.embedded.keeper"):
        os.kill(keeper, signal.SIGKILL)
    assert how_many_people(folder) >= 0
    until(lambda: not pids_of(folder))


def test_a_worker_that_dies_is_started_again_but_not_for_ever(served: Served, folder: Path) -> None:
    def workers() -> list[int]:
        """Those that the command started, not what they have started themselves."""
        own = f"PPid:\t{served.process.pid}\n".encode()
        return [
            pid
            for pid in pids_of(folder, b"\0worker\0")
            if own in read(Path(f"/proc/{pid}/status"))
        ]

    until(workers)
    os.kill(workers()[0], signal.SIGKILL)
    until(lambda: "was started again" in served.text() and workers())
    until(lambda: served.status_of("/healthz") == 200)  # the new one answers
    while served.process.poll() is None:
        for worker in workers():
            os.kill(worker, signal.SIGKILL)
    assert served.text().count("was started again") == 3
    assert "The worker process stopped by itself (code -9), so the rest" in served.text()


def test_a_web_server_that_dies_stops_the_rest(served: Served, folder: Path) -> None:
    os.kill(min(pids_of(folder, b"granian")), signal.SIGKILL)
    assert served.process.wait(30) == 1
    assert "The web process stopped by itself (code -9)" in served.text()


def test_a_database_that_dies_stops_the_rest(served: Served, folder: Path) -> None:
    os.kill(int(read(folder / "postgres" / "postmaster.pid").split()[0]), signal.SIGKILL)
    assert served.process.wait(30) == 1
    assert "PostgreSQL or Redis stopped by itself" in served.text()
    assert "PostgreSQL stopped by itself" in (folder / "logs" / "keeper.log").read_text()


def test_a_broker_that_dies_is_started_again_but_not_for_ever(served: Served, folder: Path) -> None:
    def is_well() -> bool:
        return served.status_of("/healthz") == 200

    def restarts() -> int:
        return (folder / "logs" / "keeper.log").read_text().count("was started again")

    until(is_well)
    for number in (1, 2, 3):
        os.kill(pids_of(folder, b"redis-server")[0], signal.SIGKILL)
        until(lambda number=number: restarts() == number)  # type: ignore[misc]
    until(is_well)  # web server and worker have found the new one
    os.kill(pids_of(folder, b"redis-server")[0], signal.SIGKILL)
    assert served.process.wait(30) == 1
    assert restarts() == 3


def test_a_taken_port_is_told(folder: Path) -> None:
    port = free_port()
    with socket.create_server(("127.0.0.1", port)):
        done = manage(folder, "serve", "--port", str(port))
    assert done.returncode == 1
    assert f"Choose another: make run PORT={port + 1}" in done.stderr


def test_a_command_by_itself_starts_the_servers_and_stops_them(tmp_path: Path) -> None:
    for _ in range(2):  # the second time, everything is there already
        done = manage(tmp_path, "release")
        assert done.returncode == 0, done.stderr
        assert "ready for this version" in done.stdout
        assert pids_of(tmp_path) == []


def test_an_empty_data_folder_is_prepared_for_any_command(tmp_path: Path) -> None:
    done = manage(
        tmp_path,
        "shell",
        "-v0",
        "-c",
        "from programmes.models import *; print(Lens.objects.count())",
    )
    assert int(done.stdout) > 0
    assert f"Preparing {tmp_path} on first use" in done.stderr


def test_a_command_that_needs_no_database_starts_none(tmp_path: Path) -> None:
    assert manage(tmp_path, "help").returncode == 0
    assert not (tmp_path / "postgres").exists()
    assert not are_up(tmp_path)


def test_servers_that_cannot_start_are_told_as_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "left-over").touch()
    done = manage(tmp_path, "migrate")
    assert done.returncode == 1
    assert "PostgreSQL's folder" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_child_that_does_not_stop_is_made_to() -> None:
    deaf = (
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        " print(1, flush=True); time.sleep(60)"
    )
    read_end, write_end = os.pipe()
    with os.fdopen(read_end, "rb") as reading:
        with os.fdopen(write_end, "wb") as output:
            child = children.start("deaf", [sys.executable, "-c", deaf], output=output)
        assert reading.readline() == b"1\n"
        child.stop(patience=0.1)
    assert child.process.returncode == -signal.SIGKILL
