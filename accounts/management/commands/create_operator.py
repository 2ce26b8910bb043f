from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email

from accounts.actions.people import create_operator


class Command(BaseCommand):
    help = "Makes somebody an operator, who sets up programmes and invites their first staff."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the e-mail address to sign in with")
        parser.add_argument("--name", required=True, help="the full name, as others will see it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            person = create_operator(email=options["email"], name=options["name"])
        except ValidationError as refusal:
            raise CommandError(refusal.messages[0]) from refusal
        self.stdout.write(
            f"{person.name} is an operator, and signs in with a code to {person.email}."
        )
