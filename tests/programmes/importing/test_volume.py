"""A large file takes seconds: few queries, and not much longer than reading its cells takes."""

import io
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from evaluation.models import Source
from programmes.actions.imports import import_programme
from programmes.importing.opening import read
from programmes.importing.sheets import known_headings
from programmes.models import Project
from tests.programmes.importing import files
from tests.programmes.importing.files import Sheets, imported, small, workbook

pytestmark = pytest.mark.django_db


def large(rows: int) -> Sheets:
    """A programme whose sheets hold this many rows together."""
    fifth = range(rows // 5)
    return small(
        places=[["place", "region"], *([f"Place {n}", "North"] for n in fifth)],
        projects=[
            ["place", "cohort", "focus", "case_study_type"],
            *([f"Place {n}", 1 + n % 3, f"Problem {n}", "mini"] for n in fifth),
        ],
        sources=[
            ["place", "source", "count"],
            *([f"Place {n}", kind, 1 + n % 9] for n in fifth for kind in ("interview", "minutes")),
        ],
        organisations=[["organisation", "sector"], *([f"Body {n}", "NHS"] for n in fifth)],
    )


@pytest.fixture(autouse=True)
def frame() -> None:
    files.frame()


def test_5000_rows_are_imported_in_a_small_multiple_of_the_time_to_read_them() -> None:
    content = workbook(large(5_000))
    start = time.perf_counter()
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        list(sheet.iter_rows(values_only=True))
    reading = time.perf_counter() - start
    start = time.perf_counter()
    report = import_programme(
        read("large.xlsx", content, known_headings()), file_name="large.xlsx", by=None
    )
    taken = time.perf_counter() - start
    assert not report.faults
    assert (Project.objects.count(), Source.objects.count()) == (1_000, 2_000)
    assert taken < 25 * reading


def queries(rows: int) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert not imported(large(rows)).faults
    return len(captured)


def test_the_number_of_queries_does_not_grow_with_the_rows() -> None:
    imported(large(10))
    few, many = queries(100), queries(1_000)
    assert many <= few + 3
