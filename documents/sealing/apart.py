"""Checking in a process of its own, with little memory and little time, which may die of a file.

It sees neither the settings nor the database: the file and the known certificates go in by a pipe,
and the verdict comes out by another.
"""

import hashlib
import json
import os
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from documents.sealing.certificates import KnownCertificate
from documents.sealing.verdict import LARGEST, Verdict, refused, too_large

PROJECT = Path(__file__).resolve().parents[2]
PATIENCE = 20.0  # seconds for one file, the start of the process among them
LENGTHS = struct.Struct(">II")  # of the certificates' JSON and of the file
LONGEST = 1_000_000  # bytes of an answer
TOO_MUCH = "To read it takes more time or memory than Placework gives to a file."


class Checker:
    """A checking process, kept for as many files as are asked about within the `with` block."""

    def __init__(self, known: Iterable[KnownCertificate], patience: float = PATIENCE) -> None:
        self._known = json.dumps(
            [
                (each.pem, each.use, each.retired_at and each.retired_at.isoformat())
                for each in known
            ]
        ).encode()
        self._patience = patience
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Checker":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._end()

    def check(self, pdf: bytes) -> Verdict:
        """What `documents.sealing.checking.check` says; a file that is too much for it is refused."""
        sha256 = hashlib.sha256(pdf).hexdigest()
        if len(pdf) >= LARGEST:
            return too_large(sha256, len(pdf))
        answer = self._ask(pdf)
        if not answer.endswith(b"\n"):
            self._end()
            return refused(sha256, len(pdf), TOO_MUCH)
        return Verdict.from_json(json.loads(answer))

    def _ask(self, pdf: bytes) -> bytes:
        """The line that came back; a process that dies, by itself or by our patience, sends none."""
        process = self._running()
        assert process.stdin
        assert process.stdout
        watch = threading.Timer(self._patience, process.kill)
        watch.start()
        try:
            process.stdin.write(LENGTHS.pack(len(self._known), len(pdf)) + self._known + pdf)
            process.stdin.flush()
            return process.stdout.readline(LONGEST)
        except BrokenPipeError:
            return b""
        finally:
            watch.cancel()

    def _running(self) -> "subprocess.Popen[bytes]":
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = _start()
        return self._process

    def _end(self) -> None:
        if self._process:
            self._process.kill()
            with suppress(BrokenPipeError):  # what it was still to be told
                self._process.communicate()
            self._process = None


def _start() -> "subprocess.Popen[bytes]":
    return subprocess.Popen(
        [sys.executable, "-m", "documents.sealing.checking_process"],
        cwd=PROJECT,
        # No address and no secret of ours: it reads what strangers send.
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
