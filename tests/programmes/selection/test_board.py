"""What the board holds for whom."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Person
from accounts.roles import Role
from programmes.actions.panels import remove_member
from programmes.actions.rehearsal import Size, rehearse_selection
from programmes.models import (
    Application,
    ApplicationState,
    Assignment,
    Call,
    Decision,
    Interest,
    PanelMember,
    Phase,
    Reading,
    Standing,
)
from programmes.queries.board import Board, Line, board_for, not_scored_by
from tests import builders
from tests.programmes.selection.scoring import grow, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    """One criterion, three applications for two places, three members."""
    call = builders.call(phase=Phase.MEETING)
    for name in ("Ashford", "Birchley", "Clayton"):
        builders.application(call, name, ApplicationState.ELIGIBLE)
    return call


@pytest.fixture
def applications(call: Call) -> list[Application]:
    return list(call.applications.order_by("number"))


@pytest.fixture
def members(call: Call, applications: list[Application]) -> list[PanelMember]:
    seats = [
        builders.panel_member(call, panel_person(call, name)) for name in ("Ada", "Bruno", "Clara")
    ]
    for seat in seats:
        for application in applications:
            builders.interest(seat, application)
    return seats


def panel_person(call: Call, name: str) -> Person:
    return builders.grant(builders.person(name), Role.PANEL_MEMBER, call.cohort.programme)


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme)


def settle(member: PanelMember, application: Application, standing: Standing) -> None:
    Interest.objects.filter(member=member, application=application).delete()
    builders.interest(member, application, standing)


def line(board: Board, reference: str) -> Line:
    return next(line for line in board.lines if line.application.reference == reference)


def names(board: Board) -> list[str]:
    return [line.application.place_name for line in board.lines]


def test_what_was_handed_in_last_is_shown_beside_how_many_have_read(
    call: Call, applications: list[Application], members: list[PanelMember], staff: Person
) -> None:
    submit(members[0], applications[0], 2)
    submit(members[0], applications[0], 4)
    submit(members[1], applications[0], 3)
    submit(members[0], applications[1], 1)
    board = board_for(staff, call)
    first = line(board, "A1")
    assert (first.means, first.place.raw, first.spread) == ((3.5,), 3.5, 1)
    assert (first.scored_by, first.readers) == (2, 3)
    assert names(board) == ["Ashford", "Birchley", "Clayton"]
    assert line(board, "A3").place.rank is None
    assert line(board, "A3").means == (None,)


def test_criteria_count_by_their_weight(staff: Person) -> None:
    call = builders.call(staff_programme(staff), Phase.PREPARATION, cohort=None)
    version = call.versions.get()
    builders.criterion(version, weight=3)
    version.published_at = call.created_at
    version.published_by = staff
    version.save()
    call.phase = Phase.MEETING
    call.save()
    application = builders.application(call, state=ApplicationState.ELIGIBLE)
    member = builders.panel_member(call)
    builders.interest(member, application)
    submit(member, application, 1, 5)
    only = board_for(staff, call).lines[0]
    assert only.means == (1, 5)
    assert only.place.raw == 4


def staff_programme(staff: Person):  # type: ignore[no-untyped-def]
    programme = builders.programme()
    builders.grant(staff, Role.STAFF, programme)
    return programme


@pytest.mark.parametrize("standing", [Standing.RECUSED, Standing.TO_SETTLE])
def test_scores_of_somebody_recused_later_no_longer_count(
    call: Call,
    applications: list[Application],
    members: list[PanelMember],
    staff: Person,
    standing: Standing,
) -> None:
    for member, value in zip(members, (5, 2, 3), strict=True):
        submit(member, applications[0], value)
    settle(members[0], applications[0], standing)
    first = line(board_for(staff, call), "A1")
    assert first.place.raw == 2.5
    assert (first.scored_by, first.readers) == (2, 2)
    assert first.recused == ((members[0],) if standing == Standing.RECUSED else ())


def test_scores_of_a_member_who_left_still_count(
    call: Call, applications: list[Application], members: list[PanelMember], staff: Person
) -> None:
    submit(members[0], applications[0], 5)
    remove_member(member=members[0], reason="Ill.", by=staff)
    board = board_for(staff, call)
    assert line(board, "A1").place.raw == 5
    assert (line(board, "A1").scored_by, line(board, "A1").readers) == (1, 3)
    assert line(board, "A2").readers == 2


def test_where_applications_are_assigned_only_their_readers_are_waited_for(
    call: Call, applications: list[Application], members: list[PanelMember], staff: Person
) -> None:
    call.reading = Reading.ASSIGNED
    call.save()
    Assignment.objects.create(member=members[0], application=applications[0])
    board = board_for(staff, call)
    assert [line(board, each).readers for each in ("A1", "A2")] == [1, 0]
    # Members decide about all of it, and are to score what is theirs.
    assert sorted(names(board_for(members[1].person, call))) == ["Ashford", "Birchley", "Clayton"]
    assert list(not_scored_by(PanelMember.objects.get(pk=members[0].pk))) == [applications[0]]


def test_a_member_sees_what_they_have_declared_no_conflict_in(
    call: Call, applications: list[Application], members: list[PanelMember]
) -> None:
    settle(members[0], applications[1], Standing.RECUSED)
    assert sorted(names(board_for(members[0].person, call))) == ["Ashford", "Clayton"]
    builders.application(call, "Dale", ApplicationState.ELIGIBLE)
    assert names(board_for(members[1].person, call)) == []  # not all declared on
    assert names(board_for(builders.person(), call)) == []


def test_whoever_is_recused_sees_ranks_without_the_rest_no_line_and_no_decisions(
    call: Call, applications: list[Application], members: list[PanelMember], staff: Person
) -> None:
    for member in members:
        for application, value in zip(applications, (2, 5, 1), strict=True):
            submit(member, application, value)
    Decision.objects.create(
        application=applications[0], outcome="select", prepared_by=staff, prepared_by_name="S"
    )
    whole = board_for(staff, call)
    assert [(each.application.reference, each.place.rank) for each in whole.lines] == [
        ("A2", 1),
        ("A1", 2),
        ("A3", 3),
    ]
    assert (whole.places, whole.is_whole) == (2, True)
    assert line(whole, "A1").decision
    settle(members[0], applications[1], Standing.RECUSED)
    part = board_for(members[0].person, call)
    assert [(each.application.reference, each.place.rank) for each in part.lines] == [
        ("A1", 1),
        ("A3", 2),
    ]
    assert (part.places, part.is_whole, part.band) == (None, False, [])
    assert {each.decision for each in part.lines} == {None}
    assert {each.place.above for each in part.lines} == {None}


def test_the_number_of_queries_is_the_same_for_4_and_for_400(staff: Person) -> None:
    programme = staff_programme(staff)
    call = rehearse_selection(programme=programme, by=staff, size=Size(applications=4))
    readers = [staff, call.members.latest("pk").person]
    few = [queries(reader, call) for reader in readers]
    grow(call, 400)
    assert [queries(reader, call) for reader in readers] == few
    assert len(board_for(staff, call).lines) == 400


def queries(person: Person, call: Call) -> int:
    fresh = Call.objects.select_related("cohort__programme").get(pk=call.pk)
    reader = Person.objects.get(pk=person.pk)
    with CaptureQueriesContext(connection) as captured:
        board_for(reader, fresh)
    return len(captured)
