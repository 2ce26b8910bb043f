"""What the commands about one person share."""

from abc import ABC, abstractmethod
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.models import Person


class PersonCommand(BaseCommand, ABC):
    """A command about somebody who is known by an e-mail address."""

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the person's e-mail address")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.filter(email=options["email"]).first()
        if person is None:
            raise CommandError(f"Nobody is known by {options['email']}.")
        self.stdout.write(self.about(person))

    @abstractmethod
    def about(self, person: Person) -> str:
        """Do it, and say what was done."""
