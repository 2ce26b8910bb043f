"""What a member of panels finds on their home page: what is next on each."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from accounts.models import Person
from accounts.roles import Role
from programmes.models import (
    Application,
    ApplicationState,
    Assignment,
    Call,
    PanelMember,
    Phase,
    Standing,
)
from tests import builders
from tests.programmes.selection.scoring import submit

pytestmark = pytest.mark.django_db

Seats = Callable[[Phase], PanelMember]


@pytest.fixture
def person(client: Client) -> Person:
    someone = builders.grant(builders.person(), Role.PANEL_MEMBER, builders.programme())
    client.force_login(someone)
    return someone


@pytest.fixture
def seat(person: Person) -> Seats:
    def make(phase: Phase) -> PanelMember:
        call = builders.call(phase=phase)
        for name in ("Ayton", "Beeton", "Ceeton"):
            builders.application(call, name, ApplicationState.ELIGIBLE)
        return builders.panel_member(call, person)

    return make


def shown(client: Client) -> str:
    page = client.get(reverse("programmes:home_panels"), headers={"HX-Request": "true"})
    return " ".join(page.content.decode().split())


def of(member: PanelMember) -> list[Application]:
    return list(member.call.applications.order_by("number"))


def declare(member: PanelMember, *standings: Standing) -> None:
    for application, standing in zip(of(member), standings, strict=True):
        builders.interest(member, application, standing)


CLEAR, TO_SETTLE, RECUSED = Standing.CLEAR, Standing.TO_SETTLE, Standing.RECUSED


def test_places_to_declare_on(client: Client, seat: Seats) -> None:
    member = seat(Phase.CONFLICTS)
    member.call.phases.filter(phase=Phase.CONFLICTS).update(due_on=date(2026, 12, 4))
    assert "conflict with 3 places</a>, by 4 December 2026" in shown(client)
    declare(member, CLEAR, TO_SETTLE, RECUSED)
    page = shown(client)
    assert "Nothing for you to do until staff open the applications" in page
    assert "1 possible conflict of interest waits for staff" in page


def test_applications_to_score(client: Client, seat: Seats) -> None:
    member = seat(Phase.SCORING)
    declare(member, CLEAR, CLEAR, RECUSED)
    assert "Read and score 2 applications" in shown(client)
    submit(member, of(member)[0], 3)
    assert "Read and score 1 more application<" in shown(client)
    submit(member, of(member)[1], 3)
    page = shown(client)
    assert "2 scored" in page
    assert "until the panel meets" in page


def test_those_assigned_alone(client: Client, seat: Seats) -> None:
    member = seat(Phase.SCORING)
    declare(member, CLEAR, CLEAR, CLEAR)
    Call.objects.update(reading="assigned")
    Assignment.objects.create(member=member, application=of(member)[1])
    assert "Read and score 1 application<" in shown(client)


def test_the_board_waits_for_own_scores(client: Client, seat: Seats) -> None:
    member = seat(Phase.MEETING)
    declare(member, CLEAR, RECUSED, RECUSED)
    assert "opens to you once all your scores are in" in shown(client)
    submit(member, of(member)[0], 3)
    assert "board is open" in shown(client)


@pytest.mark.parametrize("phase", [Phase.APPLICATIONS, Phase.ELIGIBILITY])
def test_nothing_yet(client: Client, seat: Seats, phase: Phase) -> None:
    seat(phase)
    assert "Nothing for you to do until" in shown(client)


def test_neither_after_the_release_nor_for_who_left(client: Client, seat: Seats) -> None:
    seat(Phase.RELEASED)
    member = seat(Phase.SCORING)
    member.removed_at, member.removed_by = member.added_at, builders.person()
    member.save()
    assert "You sit on no panel now" in shown(client)


def test_as_many_queries_for_many(
    client: Client, seat: Seats, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    phases = [Phase.CONFLICTS, Phase.SCORING, Phase.MEETING]
    declare(seat(Phase.SCORING), CLEAR, CLEAR, CLEAR)
    shown(client)
    with django_assert_num_queries(QUERIES):
        shown(client)
    for phase in phases:
        declare(seat(phase), CLEAR, TO_SETTLE, RECUSED)
    with django_assert_num_queries(QUERIES):
        shown(client)


QUERIES = 6
