"""What a database needs before it can be used. Each step may be run again, and then changes nothing."""

import sys

from django.conf import settings
from django.core.management import call_command, get_commands

from config.embedded.locks import Lock


def prepare() -> None:
    """Tables, then the shipped lenses; in the demonstration, its programmes and people too."""
    steps = ["ship_lenses", *(["seed_demonstration"] if settings.DEMONSTRATION else [])]
    with Lock(settings.DATA_FOLDER / "locks" / "preparing"):
        call_command("migrate", interactive=False, verbosity=0)
        for step in steps:
            if step in get_commands():
                call_command(
                    step, verbosity=0, stdout=sys.stderr
                )  # ours may be wanted for a report
