from typing import Any

from django.core.management.base import BaseCommand

from programmes.actions.shipping import ship_lenses


class Command(BaseCommand):
    help = "Bring the lenses that come with Placework into the database; again, changes nothing."

    def handle(self, *args: Any, verbosity: int, **options: Any) -> None:
        versions = ship_lenses()
        if not verbosity:
            return
        for version in versions:
            self.stdout.write(f"Published {version}.")
        if not versions:
            self.stdout.write("The lenses are up to date.")
