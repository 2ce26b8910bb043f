from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.management.files import suffix_of, write
from evaluation.manuscripts.report import report_manuscript
from evaluation.queries.report import report
from programmes.models import Cohort, Programme


class Command(BaseCommand):
    help = "Write the evaluation report of a programme, or of one cohort, as a PDF or Word file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("programme", help="its short name: local-vision")
        parser.add_argument("--cohort", type=int, metavar="NUMBER", help="only this cohort")
        parser.add_argument(
            "-o", "--output", required=True, metavar="FILE", help="ends in .pdf or .docx"
        )

    def handle(
        self, *args: Any, programme: str, cohort: int | None, output: str, **options: Any
    ) -> None:
        suffix = suffix_of(output)
        row = _programme(programme)
        found = report(row, _cohort(row, cohort))
        write(report_manuscript(found), suffix, output)
        count = len(found.sites)
        studies = "1 case study" if count == 1 else f"{count:,} case studies"
        self.stdout.write(f"Evaluation report of {row}, {studies}: {output}")


def _programme(slug: str) -> Programme:
    row = Programme.objects.select_related("frame__lens").filter(slug=slug).first()
    if row is None:
        known = ", ".join(Programme.objects.order_by("slug").values_list("slug", flat=True))
        raise CommandError(f"No programme is called {slug}. There is: {known or 'none yet'}.")
    return row


def _cohort(programme: Programme, number: int | None) -> Cohort | None:
    if number is None:
        return None
    cohort = programme.cohorts.filter(number=number).first()
    if cohort is None:
        raise CommandError(f"{programme} has no cohort {number}.")
    return cohort
