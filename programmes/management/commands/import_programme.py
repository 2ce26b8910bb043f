"""manage.py import_programme FILE_OR_FOLDER [--check] [--by EMAIL]"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from accounts.models import Person
from programmes.actions.imports import Report, check_import, import_programme
from programmes.actions.uploads import invitations_at
from programmes.importing.faults import Faults, Refused
from programmes.importing.opening import Opened, read_path
from programmes.importing.sheets import known_headings


class Command(BaseCommand):
    help = (
        "Import a programme from a workbook (.xlsx), a folder or zip of CSV files, or check it only."
        " Nothing is saved unless all is well; with faults the exit status is 1."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", metavar="FILE_OR_FOLDER", type=Path)
        parser.add_argument("--check", action="store_true", help="list faults, and save nothing")
        parser.add_argument("--by", metavar="EMAIL", help="who imports; if left out, the system")
        parser.add_argument(
            "--address",
            metavar="URL",
            help="where people reach this server, for the links of invitations",
        )

    def handle(
        self, *, path: Path, check: bool, by: str | None, address: str | None, **options: Any
    ) -> None:
        person = self._person(by)
        opened = self._opened(path)
        link = invitations_at(address) if address else None
        try:
            report = (
                check_import(opened, by=person, link=link)
                if check
                else import_programme(opened, file_name=path.name, by=person, link=link)
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        for warning in report.faults.warnings:
            self.stderr.write(f"Warning: {warning}")
        if report.faults:
            raise CommandError(_listed(report.faults))
        self.stdout.write(_told(report))

    def _person(self, email: str | None) -> Person | None:
        if email is None:
            return None
        person = Person.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise CommandError(f"Nobody has the e-mail address {email}.")
        if not person.has_perm("programmes.import_programme"):
            raise CommandError(f"{person} may not import programmes.")
        return person

    def _opened(self, path: Path) -> Opened:
        if not path.exists():
            raise CommandError(f"There is no file or folder {path}.")
        try:
            return read_path(path, known_headings())
        except Refused as reason:
            raise CommandError(str(reason)) from reason


def _listed(faults: Faults) -> str:
    noun = "fault" if faults.total == 1 else "faults"
    lines = [f"{faults.total} {noun}; nothing was saved."]
    lines += [str(fault) for fault in faults.shown]
    if faults.total > len(faults.shown):
        lines.append(f"... and {faults.total - len(faults.shown)} more.")
    return "\n".join(lines)


def _told(report: Report) -> str:
    lines = ["Imported." if report.is_saved else "No faults. Importing would do this:"]
    for counts in report.counts:
        lines.append(
            f"  {counts['what']}: {counts['created']} created, {counts['changed']} changed,"
            f" {counts['same']} as they were"
        )
    return "\n".join(lines)
