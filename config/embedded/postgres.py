"""The embedded PostgreSQL: made on first use, started, and known to be ready."""

import os
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from config.embedded import children
from config.embedded.addresses import DATABASE_NAME, DATABASE_USER, postgres_folder
from config.embedded.binaries import postgres_binary
from config.embedded.faults import ServersError
from config.embedded.unprivileged import dropping_root, postgres_user

# A statement that fails may hold what people said, and its details the row: neither is for the log.
_DISCREET = ("log_min_error_statement=panic", "log_error_verbosity=terse")
_THROWAWAY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")


def start_postgres(
    data_folder: Path, *, keep_open: Sequence[int] = (), throwaway: bool = False
) -> children.Child:
    """Start it on the data folder, and wait until it answers."""
    cluster = data_folder / "postgres"
    log = data_folder / "logs" / "postgres.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        if not (cluster / "PG_VERSION").exists():
            _make_cluster(cluster, log)
        child = children.start(
            "PostgreSQL",
            [
                *(postgres_binary("postgres"), "-D", cluster),
                *("-h", "", "-k", postgres_folder(data_folder)),
                *(f"--{option}" for option in (*_DISCREET, *(_THROWAWAY if throwaway else ()))),
            ],
            stop_signal=signal.SIGINT,  # its "fast shutdown"; SIGTERM would wait for every client
            output=output,
            keep_open=keep_open,
            before=dropping_root([postgres_binary("postgres"), cluster]),
        )
    if not children.wait_until(lambda: _is_ready(cluster, child), child):
        child.stop()
        raise ServersError(f"PostgreSQL did not start. Its log, {log}, ends:\n{_end_of(log)}")
    return child


def _make_cluster(cluster: Path, log: Path) -> None:
    """One superuser, no passwords: its only door is a socket in a folder closed to others."""
    cluster.mkdir(mode=0o700, parents=True, exist_ok=True)
    os.chown(cluster, *postgres_user())
    command = [
        *(str(postgres_binary("initdb")), "-D", str(cluster), "-U", DATABASE_USER, "-A", "trust"),
        *("-E", "UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
        "--no-sync",
    ]
    made = subprocess.run(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd="/",
        preexec_fn=dropping_root([postgres_binary("initdb"), cluster]),
        check=False,
    )
    if made.returncode:
        raise ServersError(
            f"PostgreSQL's folder {cluster} could not be made:\n{made.stdout.decode()}"
        )
    single = [str(postgres_binary("postgres")), "--single", "-D", str(cluster), "postgres"]
    subprocess.run(
        single,
        input=f"CREATE DATABASE {DATABASE_NAME};\n".encode(),
        stdout=subprocess.DEVNULL,
        stderr=log.open("ab"),
        cwd="/",
        preexec_fn=dropping_root([postgres_binary("postgres"), cluster]),
        check=True,
    )


def _is_ready(cluster: Path, child: children.Child) -> bool:
    """What `pg_ctl` looks at: the file's first line is the process, its eighth the state."""
    try:
        lines = (cluster / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    return len(lines) >= 8 and lines[0] == str(child.process.pid) and lines[7].strip() == "ready"


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-5:])
