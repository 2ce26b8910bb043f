"""What a database needs before it can be used. Each step may be run again, and then changes nothing."""

import sys

from django.conf import settings
from django.core.management import call_command

from config.embedded.locks import Lock


def prepare() -> None:
    """Tables, then the shipped lenses; in the demonstration, its programmes, people and seal too."""
    # Standard output belongs to the command that is about to run: it may be a report.
    said = {"verbosity": 0, "stdout": sys.stderr}
    with Lock(settings.DATA_FOLDER / "locks" / "preparing"):
        call_command("migrate", interactive=False, **said)
        call_command("ship_lenses", **said)
        if settings.DEMONSTRATION:
            call_command("seed_demonstration", **said)
            call_command("make_seal_key", organisation="Demonstration", if_none=True, **said)
