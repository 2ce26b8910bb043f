"""The one step of a new version: before its first process starts, and any number of times."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand

from config.prepare import prepare


class Command(BaseCommand):
    help = "Checks the settings, migrates the database and ships the lenses of this version."

    def handle(self, *args: Any, **options: Any) -> None:
        call_command("check", deploy=True, fail_level="ERROR")
        prepare()
        self.stdout.write("The database is ready for this version.")
