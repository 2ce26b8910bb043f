from pathlib import Path
from typing import Any

from cryptography import x509
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.actions.seal_keys import announce, trust_timestamps_of
from documents.sealing.certificates import weakness_of
from documents.sealing.faults import NoSealKey
from documents.sealing.keys import seal_key


class Command(BaseCommand):
    help = "Makes public the certificates of the key that the settings name, which then seals."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--timestamp-root",
            type=Path,
            metavar="FILE",
            help="only trust the timestamps of authorities under this root (PEM)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        file = options["timestamp_root"]
        self.stdout.write(self._trust(file) if file else self._announce())

    def _announce(self) -> str:
        try:
            with seal_key() as key:
                row = announce(key.chain)
        except NoSealKey as fault:
            raise CommandError(str(fault)) from fault
        except ValidationError as refusal:
            raise CommandError(refusal.messages[0]) from refusal
        if weakness := weakness_of(key.certificate):
            self.stderr.write(f"This certificate is weak: {weakness}.")
        return f"{row.subject} seals from now on, until {row.valid_until:%-d %B %Y}.\n{row.pairs}"

    def _trust(self, file: Path) -> str:
        try:
            root = x509.load_pem_x509_certificate(file.read_bytes())
        except (OSError, ValueError) as fault:
            raise CommandError(f"{file} is no certificate in PEM form that can be read.") from fault
        row = trust_timestamps_of(root)
        return f"Timestamps under {row.subject} are trusted from now on.\n{row.pairs}"
