"""Who may read an application: the rule that everything reads through."""

import pytest

from accounts.models import Person
from accounts.roles import Role
from programmes.actions.call_phases import change_switches
from programmes.models import Application, ApplicationState, Assignment, Call, Phase, Standing
from programmes.queries.recusals import (
    has_recusals,
    listed_for,
    readable_by,
    undeclared,
    without_recused,
)
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return builders.call(phase=Phase.SCORING)


@pytest.fixture
def applications(call: Call) -> list[Application]:
    return [builders.application(call, state=ApplicationState.ELIGIBLE) for _ in range(3)]


def test_nothing_is_open_until_everything_is_declared(
    call: Call, applications: list[Application]
) -> None:
    member = builders.panel_member(call)
    for application in applications[:2]:
        builders.interest(member, application)
    assert list(undeclared(member)) == applications[2:]
    assert not readable_by(member).exists()
    builders.interest(member, applications[2], Standing.TO_SETTLE)
    assert list(readable_by(member)) == applications[:2]


def test_only_what_is_eligible_is_listed(call: Call, applications: list[Application]) -> None:
    for state in (ApplicationState.STARTED, ApplicationState.NOT_ELIGIBLE):
        builders.application(call, state=state)
    assert list(listed_for(builders.panel_member(call))) == applications


def test_where_applications_are_assigned_a_member_reads_their_own(
    call: Call, applications: list[Application]
) -> None:
    member = builders.panel_member(call)
    for application in applications:
        builders.interest(member, application)
    Assignment.objects.create(member=member, application=applications[1])
    call.reading = "assigned"
    call.save()
    member.refresh_from_db()
    assert list(readable_by(member)) == [applications[1]]


@pytest.mark.parametrize("standing", [Standing.RECUSED, Standing.TO_SETTLE])
def test_a_recused_member_is_an_outsider_whatever_else_they_are(
    call: Call, applications: list[Application], standing: Standing
) -> None:
    someone = builders.staff(call.cohort.programme)
    member = builders.panel_member(call, someone)
    builders.interest(member, applications[0], standing)
    for application in applications[1:]:
        builders.interest(member, application)
    assert not someone.has_perm("programmes.view_application", applications[0])
    assert not someone.has_perm("programmes.manage_application", applications[0])
    assert someone.has_perm("programmes.score_application", applications[1])
    assert list(without_recused(call.applications.order_by("number"), someone)) == applications[1:]
    assert has_recusals(call, someone)


def test_a_member_who_was_removed_reads_nothing_and_stays_recused(
    call: Call, applications: list[Application]
) -> None:
    someone = builders.staff(call.cohort.programme)
    member = builders.panel_member(call, someone)
    builders.interest(member, applications[0], Standing.RECUSED)
    for application in applications[1:]:
        builders.interest(member, application)
    member.removed_at, member.removed_by = member.added_at, builders.person()
    member.save()
    assert not readable_by(member).exists()
    assert not someone.has_perm("programmes.view_application", applications[0])


def test_members_read_only_in_the_phases_that_say_so(
    call: Call, applications: list[Application]
) -> None:
    someone = builders.grant(builders.person(), Role.PANEL_MEMBER, call.cohort.programme)
    member = builders.panel_member(call, someone)
    for application in applications:
        builders.interest(member, application)
    assert someone.has_perm("programmes.view_application", applications[0])
    phase = call.phases.get(phase=Phase.SCORING)
    change_switches(phase=phase, by=builders.staff(call.cohort.programme), members_read=False)
    assert not someone.has_perm("programmes.view_application", applications[0])


def test_an_applicant_sees_their_own_alone(applications: list[Application]) -> None:
    someone = Person.objects.get(pk=applications[0].started_by_id)
    assert someone.has_perm("programmes.view_application", applications[0])
    assert not someone.has_perm("programmes.view_application", applications[1])
