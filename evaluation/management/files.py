"""What the commands that write a document share."""

from pathlib import Path

from django.core.management.base import CommandError

from documents.manuscript import Manuscript
from evaluation.manuscripts.files import FORMATS


def suffix_of(output: str) -> str:
    """The kind of file that a name asks for; asked before the work begins."""
    suffix = Path(output).suffix.removeprefix(".").lower()
    if suffix not in FORMATS:
        raise CommandError(f"{output} must end in {' or '.join(f'.{each}' for each in FORMATS)}.")
    return suffix


def write(manuscript: Manuscript, suffix: str, output: str) -> None:
    try:
        Path(output).write_bytes(FORMATS[suffix](manuscript))
    except OSError as refused:
        raise CommandError(f"{output} cannot be written: {refused.strerror}.") from refused
