"""manage.py seed_demonstration"""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from evaluation.actions.demonstration import seed_demonstration


class Command(BaseCommand):
    help = (
        "Add what a demonstration shows, as far as it is not there: programmes and invented people."
    )

    def handle(self, *, verbosity: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError(
                "The demonstration has invented people whom anyone may sign in as, so it is not for"
                " production. To import a programme: manage.py import_programme FILE_OR_FOLDER."
            )
        seed_demonstration()
        if verbosity:
            self.stdout.write("The demonstration is ready.")
