"""The reports of the programme that is shipped, with the figures of its evaluation."""

import pytest
from django.conf import settings
from django.core.management import call_command

from documents.manuscript import DataTable, as_html, as_pdf, as_word
from evaluation.manuscripts.report import report_manuscript
from evaluation.queries.report import report
from programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    call_command("ship_lenses", verbosity=0)
    folder = settings.BASE_DIR / "programmes" / "demonstration" / "local-vision"
    call_command("import_programme", str(folder), verbosity=0)
    return Programme.objects.get(slug="local-vision")


def test_the_case_study_table_is_that_of_the_evaluation(programme):
    manuscript = report_manuscript(report(programme))
    table = manuscript.parts[0].blocks[0]
    assert isinstance(table, DataTable)
    assert len(table.rows) == 12
    assert table.rows[3][2:] == ("1, mid-level", "4 interviews, MOU, project reports")
    cover = dict(manuscript.cover)
    assert cover["Case studies"] == "12 (4 full, 3 mid-level, 5 mini)"
    for figure in ("43 interviews", "4 site visits", "11 MOUs"):
        assert figure in cover["Sources"]


def test_a_cohort_alone(programme):
    cohort = programme.cohorts.get(number=2)
    table = report_manuscript(report(programme, cohort)).parts[0].blocks[0]
    assert [row[0] for row in table.rows] == ["Blackpool", "Solihull"]


def test_the_parts_are_the_dimensions_of_the_frame(programme):
    headings = [part.heading for part in report_manuscript(report(programme)).parts]
    assert headings[1:6] == [
        "Initial conditions",
        "Processes and practices",
        "Structure and governance",
        "Contingencies and constraints",
        "Outcomes and accountabilities",
    ]


def test_page_pdf_and_word_come_out(programme):
    manuscript = report_manuscript(report(programme))
    assert "Older people staying well at home" in as_html(manuscript)
    assert as_pdf(manuscript) == as_pdf(report_manuscript(report(programme)))
    assert as_word(manuscript) == as_word(report_manuscript(report(programme)))
