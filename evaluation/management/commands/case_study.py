from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from evaluation.management.files import suffix_of, write
from evaluation.manuscripts.case_study import Edition, case_study_manuscript
from evaluation.models import CaseStudy


class Command(BaseCommand):
    help = "Write a project's case study as a PDF or Word file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "project",
            help="the project's short name, after its programme's if others share it:"
            " local-vision/dudley",
        )
        parser.add_argument(
            "-o", "--output", required=True, metavar="FILE", help="ends in .pdf or .docx"
        )

    def handle(self, *args: Any, project: str, output: str, **options: Any) -> None:
        suffix = suffix_of(output)
        case_study = _case_study_of(project)
        write(case_study_manuscript(case_study, Edition.now(case_study)), suffix, output)
        self.stdout.write(f"{case_study}, revision {case_study.revision}: {output}")


def _case_study_of(named: str) -> CaseStudy:
    programme, _, project = named.rpartition("/")
    found = CaseStudy.objects.select_related(
        "project__programme__frame__lens", "project__place", "project__cohort"
    ).filter(project__slug=project)
    if programme:
        found = found.filter(project__programme__slug=programme)
    several = sorted(f"{each.project.programme.slug}/{each.project.slug}" for each in found)
    if not several:
        raise CommandError(f"No project called {named} has a case study.")
    if len(several) > 1:
        raise CommandError(f"Several projects are called {named}. Say {' or '.join(several)}.")
    return found.get()
