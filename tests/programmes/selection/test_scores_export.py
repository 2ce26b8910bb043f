"""The evaluator's export: the ranking can be computed again from it, and it names nobody."""

import csv
import io
import zipfile
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from accounts.models import Person
from programmes.actions.rehearsal import Size, rehearse_selection
from programmes.models import Call, Decision, Phase, ScoreSheet, Standing
from programmes.queries.board import board_for
from programmes.ranking import Given, ranked
from tests import builders
from tests.programmes.selection.deciding import decide_all, met
from tests.programmes.selection.scoring import grow, submit

pytestmark = pytest.mark.django_db
Table = list[dict[str, str]]


@pytest.fixture
def call() -> Call:
    """Twelve applications, each read by three of six, some recused."""
    programme = builders.programme()
    staff = builders.staff(programme)
    return rehearse_selection(
        programme=programme, by=staff, size=Size(applications=12, criteria=3, readers=3)
    )


@pytest.fixture
def evaluator(call: Call) -> Person:
    return builders.evaluator(call.cohort.programme)


def fetch(person: Person, call: Call, form: str = "csv") -> bytes:
    client = Client()
    client.force_login(person)
    where = [call.cohort.programme.slug, call.cohort.number]
    address = reverse("programmes:scores_export", args=where)
    response = client.get(address, {"download": form})
    assert response.status_code == 200
    return response.content


def tables(person: Person, call: Call) -> dict[str, Table]:
    archive = zipfile.ZipFile(io.BytesIO(fetch(person, call)))
    return {
        name.removesuffix(".csv"): list(
            csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"), newline=""))
        )
        for name in archive.namelist()
    }


def test_the_ranking_is_computed_again_from_the_files_alone(call: Call, evaluator: Person) -> None:
    files = tables(evaluator, call)
    weights = {row["criterion"]: int(row["weight"]) for row in files["criteria"]}
    applications = sorted({row["application"] for row in files["design"]})
    members = sorted(row["member"] for row in files["members"])
    given = [
        Given(
            applications.index(row["application"]),
            members.index(row["member"]),
            sum(weight * int(row[key]) for key, weight in weights.items()) / sum(weights.values()),
        )
        for row in files["scores"]
    ]
    places = next(int(row["value"]) for row in files["about"] if "places" in row["what"])
    again = ranked(range(len(applications)), given, places)
    told = {row["application"]: row for row in files["ranking"]}
    for row in again.rows:
        line = told[applications[row.application]]
        assert float(line["corrected mean"]) == row.corrected
        assert [int(line[name]) for name in ("rank", "rank from", "rank to")] == [
            row.rank,
            row.first,
            row.last,
        ]
        assert float(line["chance above the line"]) == row.above


def test_another_program_finds_the_same_corrected_means(call: Call, evaluator: Person) -> None:
    """Raw mean less the mean severity of the readers, with arithmetic that is not ours."""
    files = tables(evaluator, call)
    severity = {row["member"]: float(row["severity"] or 0) for row in files["members"]}
    for line in files["ranking"]:
        own = [row for row in files["scores"] if row["application"] == line["application"]]
        raw = np.mean([float(row["weighted mean"]) for row in own])
        lenient = np.mean([severity[row["member"]] for row in own])
        assert raw == pytest.approx(float(line["raw mean"]))
        assert raw - lenient == pytest.approx(float(line["corrected mean"]))


def test_means_and_ranks_are_those_of_the_board(call: Call, evaluator: Person) -> None:
    staff = builders.staff(call.cohort.programme)
    board = sorted((row.place.rank, row.place.corrected) for row in board_for(staff, call).lines)
    ranking = tables(evaluator, call)["ranking"]
    told = sorted((int(row["rank"]), float(row["corrected mean"])) for row in ranking)
    assert [rank for rank, _ in told] == [rank for rank, _ in board]
    assert [mean for _, mean in told] == pytest.approx([mean for _, mean in board])


def test_no_name_no_comment_and_always_the_same_codes(call: Call, evaluator: Person) -> None:
    files = tables(evaluator, call)
    told = str(files)
    for application in call.applications.all():
        assert application.place_name not in told
    for member in call.members.select_related("person"):
        assert member.person.name not in told
    assert not any(sheet.comment in told for sheet in ScoreSheet.objects.all())
    assert {row["status"] for row in files["design"]} >= {"scored", "recused", "not assigned"}
    assert tables(evaluator, call) == files


def test_the_workbook_holds_the_same(call: Call, evaluator: Person) -> None:
    book = load_workbook(io.BytesIO(fetch(evaluator, call, "xlsx")), read_only=True)
    files = tables(evaluator, call)
    assert book.sheetnames == list(files)
    for name, rows in files.items():
        assert len(list(book[name].iter_rows())) == len(rows) + 1


def test_a_title_that_is_a_formula_is_made_harmless(evaluator: Person, call: Call) -> None:
    Call.objects.update(title="=1+1")
    assert tables(evaluator, call)["about"][0]["value"] == "'=1+1"


class TestRecusal:
    @pytest.fixture
    def small(self) -> Call:
        return met()

    def member(self, call: Call, standing: Standing) -> Person:
        """An evaluator who sits on the panel, with this standing on the first application."""
        person = builders.evaluator(call.cohort.programme)
        seat = builders.panel_member(call, person)
        for application in call.applications.order_by("number"):
            builders.interest(seat, application, standing if application.number == 1 else "clear")  # type: ignore[arg-type]
        return person

    def test_what_a_recused_evaluator_gets_does_not_depend_on_the_rest(self, small: Call) -> None:
        person = self.member(small, Standing.RECUSED)
        decide_all(small, builders.staff(small.cohort.programme))
        Call.objects.update(phase=Phase.RELEASED)
        before = tables(person, small)
        first = small.applications.get(number=1)
        for member in small.members.exclude(person=person):
            submit(member, first, 1)
        assert tables(person, small) == before
        assert len({row["application"] for row in before["design"]}) == 3
        assert {row["chance above the line"] for row in before["ranking"]} == {""}

    def test_whoever_sits_on_the_panel_waits_for_the_release(self, small: Call) -> None:
        person = self.member(small, Standing.CLEAR)
        assert b"once the decisions are released" in fetch(person, small)
        assert b"PK" in fetch(builders.evaluator(small.cohort.programme), small)[:2]

    def test_decisions_are_told_once_they_are_released(self, small: Call) -> None:
        staff = builders.staff(small.cohort.programme)
        decide_all(small, staff)
        evaluator = builders.evaluator(small.cohort.programme)
        assert {row["decision"] for row in tables(evaluator, small)["ranking"]} == {""}
        Decision.objects.update(released_at=timezone.now(), released_by=staff)
        told = {row["decision"] for row in tables(evaluator, small)["ranking"]}
        assert told == {"Select", "Reserve", "Decline"}


def test_the_number_of_queries_is_the_same_for_4_and_for_100(
    django_assert_num_queries: Any,
) -> None:
    call = met()
    evaluator = builders.evaluator(call.cohort.programme)
    with CaptureQueriesContext(connection) as few:
        fetch(evaluator, call)
    grow(call, 100)
    with django_assert_num_queries(len(few)):
        fetch(evaluator, call)
