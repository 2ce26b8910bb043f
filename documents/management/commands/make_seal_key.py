from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from documents.actions.seal_keys import make_seal_key
from documents.models import SealCertificate
from documents.queries.seals import certificate_in_use
from documents.sealing.certificates import Use


class Command(BaseCommand):
    help = "Makes the key that seals documents, with a certificate authority of your own."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--organisation", default="", help="whose seal it is")
        parser.add_argument(
            "--rotate",
            action="store_true",
            help="replace the key in use; what it sealed still holds",
        )
        parser.add_argument(
            "--new-root", action="store_true", help="with --rotate: with a new root as well"
        )
        parser.add_argument(
            "--if-none", action="store_true", help="do nothing when there is a key already"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["if_none"] and certificate_in_use():
            return
        try:
            made = make_seal_key(
                organisation=options["organisation"],
                rotate=options["rotate"],
                new_root=options["new_root"],
            )
        except ValidationError as refusal:
            raise CommandError(refusal.messages[0]) from refusal
        if options["verbosity"] == 0:
            return
        root = SealCertificate.objects.filter(use=Use.ROOT).latest("made_known_at")
        self.stdout.write(
            f"{made.subject} seals from now on, until {made.valid_until:%-d %B %Y}.\n"
            f"The keys are in {settings.SEAL_KEYS}: back the folder up, locked away.\n"
            f"Publish the root's fingerprint on a page of your own as well:\n{root.pairs}"
        )
