import hashlib
import sys
from io import BufferedReader
from os import SEEK_END
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from documents.queries.seals import checker, sealed_with_digest
from documents.sealing.apart import Checker
from documents.sealing.verdict import LARGEST, Verdict, too_large

UNREADABLE = 2


class Command(BaseCommand):
    help = (
        "Says what holds of sealed PDF files and what does not. Exit status: 0 all holds,"
        " 1 something does not, 2 a file could not be checked."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *args: Any, **options: Any) -> None:
        with checker() as checking:
            statuses = [self._verify(checking, file) for file in options["files"]]
        sys.exit(max(statuses))

    def _verify(self, checking: Checker, file: Path) -> int:
        try:
            with file.open("rb") as opened:
                verdict = _of(opened, checking)
        except OSError as fault:
            self.stdout.write(f"{file}: cannot be read ({fault.strerror}).")
            return UNREADABLE
        self._tell(file, verdict)
        return verdict.outcome.exit_status

    def _tell(self, file: Path, verdict: Verdict) -> None:
        self.stdout.write(f"{file}: {verdict.outcome}\nSHA-256 {verdict.sha256}")
        for each in verdict.findings:
            self.stdout.write(f"  {each.about}: {each.answer.lower()}. {each.words}")
        row = sealed_with_digest(verdict.sha256)
        if row is None:
            self.stdout.write("  There is no record of these very bytes.")
            return
        self.stdout.write(f"  It is “{row.title}”, reference {row.reference}.")
        if row.superseded_by:
            self.stdout.write(f"  A later document replaces it: {row.superseded_by.reference}.")


def _of(opened: BufferedReader, checking: Checker) -> Verdict:
    """A large file is not even read into memory."""
    size = opened.seek(0, SEEK_END)
    opened.seek(0)
    if size >= LARGEST:
        return too_large(hashlib.file_digest(opened, "sha256").hexdigest(), size)
    return checking.check(opened.read(LARGEST))
