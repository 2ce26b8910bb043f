import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from dj_database_url import parse
from django.db import connection

from config.embedded import (
    ServersError,
    binaries,
    database,
    database_url,
    socket_folder,
    unprivileged,
)
from config.embedded.locks import Lock, is_held
from config.embedded.orphans import (
    ASK_AFTER,
    KILL_AFTER,
    Orphans,
    note_groups,
    serve_lock,
    started_at,
)
from config.embedded.postgres import start_postgres
from config.embedded.redis import start_redis
from config.embedded.sockets import claim_socket_folder
from places.models import Place
from tests import builders

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root becomes somebody else")


def test_a_lock_is_held_until_it_is_released(tmp_path: Path) -> None:
    with Lock(tmp_path / "lock"):
        assert is_held(tmp_path / "lock")
    assert not is_held(tmp_path / "lock")


def test_the_address_and_the_entry_name_the_same_database(tmp_path: Path) -> None:
    entry = parse(database_url(tmp_path))
    assert {name: entry[name] for name in ("NAME", "USER", "HOST")} == {
        name: database(tmp_path)[name] for name in ("NAME", "USER", "HOST")
    }


class TestOrphans:
    """What was started by a `serve` that was killed outright."""

    deaf = (
        "import signal, sys, time; signal.signal(signal.SIGTERM, lambda *_: print('asked'));"
        " print('ready'); [time.sleep(0.1) for _ in range(600)]"
    )

    def test_they_are_asked_to_stop_and_then_made_to(self, tmp_path: Path) -> None:
        serve = Lock(serve_lock(tmp_path))
        serve.acquire()
        orphans = Orphans(tmp_path)
        with subprocess.Popen(
            [sys.executable, "-u", "-c", self.deaf], stdout=subprocess.PIPE, start_new_session=True
        ) as child:
            assert child.stdout
            assert child.stdout.readline() == b"ready\n"
            note_groups(serve, [child.pid])
            orphans.look(now=0)  # somebody looks after them: that is all right
            serve.release()
            for now in (100, 100 + ASK_AFTER, 101 + ASK_AFTER):
                orphans.look(now)
            assert child.stdout.readline() == b"asked\n"
            orphans.look(100 + KILL_AFTER)
        assert child.returncode == -signal.SIGKILL
        assert serve_lock(tmp_path).read_text() == ""

    def test_another_process_of_the_same_number_is_left_alone(self, tmp_path: Path) -> None:
        serve = Lock(serve_lock(tmp_path))
        serve.acquire()
        orphans = Orphans(tmp_path)
        with subprocess.Popen(["/bin/cat"], stdin=subprocess.PIPE, start_new_session=True) as other:
            serve.write(f"{other.pid} 1\n")
            serve.release()
            for now in (0, ASK_AFTER, KILL_AFTER):
                orphans.look(now)
            other.communicate()
        assert other.returncode == 0
        assert started_at(other.pid) == ""

    def test_numbers_of_another_time_are_forgotten(self, tmp_path: Path) -> None:
        serve = Lock(serve_lock(tmp_path))
        note_groups(serve, [99_999_999])
        serve.release()
        Orphans(tmp_path).look()
        assert serve_lock(tmp_path).read_text() == ""


class TestSocketFolder:
    def test_it_is_short_and_its_own_for_each_data_folder(self, tmp_path: Path) -> None:
        folder = socket_folder(tmp_path / ("deep/" * 30))
        assert len(str(folder / "postgres" / ".s.PGSQL.5432")) < 107
        assert folder != socket_folder(tmp_path)

    def test_one_that_somebody_else_made_is_refused(self, tmp_path: Path) -> None:
        folder = socket_folder(tmp_path)
        folder.symlink_to(tmp_path)  # as good as another's: it is not a folder of ours
        with pytest.raises(ServersError, match="belongs to another user"):
            claim_socket_folder(tmp_path, (os.geteuid(), os.getegid()))
        folder.unlink()

    def test_others_cannot_look_into_it(self, tmp_path: Path) -> None:
        claim_socket_folder(tmp_path, (os.geteuid(), os.getegid()))
        inner = socket_folder(tmp_path) / "postgres"
        assert [folder.stat().st_mode & 0o777 for folder in (inner.parent, inner)] == [0o700, 0o700]
        inner.rmdir()
        inner.parent.rmdir()


class TestBinaries:
    def test_a_named_folder_comes_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PLACEWORK_REDIS_BIN", "/bin")
        assert binaries.redis_binary("sh") == Path("/bin/sh")

    def test_a_wrong_one_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PLACEWORK_POSTGRES_BIN", "/nowhere")
        with pytest.raises(ServersError, match="PLACEWORK_POSTGRES_BIN is /nowhere"):
            binaries.postgres_binary("postgres")

    def test_what_the_machine_has_comes_last(self) -> None:
        assert binaries.redis_binary("sh").name == "sh"

    def test_one_that_is_nowhere_is_told(self) -> None:
        with pytest.raises(ServersError, match="Run 'make setup'"):
            binaries.redis_binary("no-such-program")


class TestUnprivileged:
    def test_the_folder_in_the_way_is_found(self, tmp_path: Path) -> None:
        (tmp_path / "open").mkdir(mode=0o755)
        assert unprivileged.closed_folder(Path("/usr/bin/env")) is None
        tmp_path.chmod(0o700)
        assert unprivileged.closed_folder(tmp_path / "open" / "file") is not None

    def test_the_weaker_capability_is_kept(self, tmp_path: Path) -> None:
        assert unprivileged.capability_to_pass(tmp_path, held=0x1FFFFFFFFFF) == 2
        assert unprivileged.capability_to_pass(tmp_path, held=0x00000102) == 1

    def test_without_any_it_is_said_what_to_type(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o700)
        with pytest.raises(ServersError, match="type: chmod o\\+x /"):
            unprivileged.capability_to_pass(tmp_path / "file", held=0)

    @as_root
    def test_nobody_passes_a_closed_folder_and_is_not_root(self, tmp_path: Path) -> None:
        tmp_path.chmod(0o700)
        (tmp_path / "file").write_text("read")
        done = subprocess.run(
            ["/bin/sh", "-c", f"id -un; cat {tmp_path}/file; echo x > {tmp_path}/new"],
            preexec_fn=unprivileged.dropping_root([tmp_path / "file"]),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.stdout == "nobody\nread"
        assert not (tmp_path / "new").exists()


class TestFaults:
    """A server that ends at once is told with its log, not waited for."""

    def test_postgres(self, tmp_path: Path) -> None:
        cluster = tmp_path / "postgres"
        cluster.mkdir()
        (cluster / "PG_VERSION").write_text("9\n")
        tmp_path.chmod(0o755)
        with pytest.raises(ServersError, match="PostgreSQL did not start"):
            start_postgres(tmp_path)

    def test_redis(self, tmp_path: Path) -> None:
        with pytest.raises(ServersError, match="Redis did not start"):
            start_redis(tmp_path)  # nobody made the folder for its socket


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_back_up_can_be_restored(tmp_path: Path) -> None:
    """With the commands of docs/operating.md, on the embedded PostgreSQL."""
    builders.place("Dudley")
    settings = connection.settings_dict
    where = ["--username", settings["USER"], "--host", settings["HOST"]]

    def run(program: str, *arguments: str) -> None:
        subprocess.run([binaries.postgres_binary(program), *where, *arguments], check=True)

    dump, restored = str(tmp_path / "dump"), f"restored_{os.getpid()}"
    run("pg_dump", "--format", "custom", "--file", dump, settings["NAME"])
    run("createdb", restored)
    try:
        options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
        run("pg_restore", "--dbname", restored, *options, dump)
        run("pg_restore", "--dbname", restored, *options, dump)  # also over what is there
        with connection.Database.connect(
            host=settings["HOST"], user=settings["USER"], dbname=restored
        ) as line:
            names = line.execute(f"SELECT name FROM {Place._meta.db_table}").fetchall()
        assert names == [("Dudley",)]
    finally:
        run("dropdb", restored)
