"""manage.py rehearse_selection PROGRAMME --by EMAIL [--applications 40] [--readers 3] …"""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Person
from programmes.actions.rehearsal import Size, rehearse_selection
from programmes.models import Programme


class Command(BaseCommand):
    help = (
        "Invent a call with applications, a panel, conflicts, recusals, scores and comments, up to the"
        " panel meeting, in a new cohort of a programme. All names say that they are invented."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("programme", help="the programme, as its address names it")
        parser.add_argument(
            "--by", metavar="EMAIL", required=True, help="who of its staff rehearses"
        )
        parser.add_argument("--applications", type=int, default=Size.applications)
        parser.add_argument("--criteria", type=int, default=Size.criteria)
        parser.add_argument("--members", type=int, default=Size.members)
        parser.add_argument(
            "--readers",
            type=int,
            help="of each application; if left out, everybody without conflict",
        )
        parser.add_argument("--seed", type=int, default=1, help="another gives other scores")

    def handle(self, *, programme: str, by: str, seed: int, **options: Any) -> None:
        found = Programme.objects.filter(slug=programme).first()
        if found is None:
            raise CommandError(f"No programme has the address {programme}.")
        staff = Person.objects.filter(email__iexact=by, is_active=True).first()
        if staff is None or not staff.has_perm("programmes.change_programme", found):
            raise CommandError(f"{by} is not of the staff of {found}.")
        names = ("applications", "criteria", "members", "readers")
        size = Size(**{name: options[name] for name in names})
        try:
            call = rehearse_selection(programme=found, by=staff, size=size, seed=seed)
        except ValidationError as refusal:
            raise CommandError(" ".join(refusal.messages)) from refusal
        self.stdout.write(
            f"Invented {call.applications.count()} applications: {call.get_absolute_url()}"
        )
