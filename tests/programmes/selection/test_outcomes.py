"""What applicants read of the decision: nothing before the release, and then letter and feedback."""

import pytest
from django.test import Client

from accounts.models import Person
from programmes.models import Application, ApplicationState, Call, Feedback, MoveUp, Standing
from programmes.queries.board import criteria_of
from tests import builders
from tests.programmes.selection.deciding import decide_all, met, seat
from tests.programmes.selection.test_release import read_all, release, settle_places

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return met()


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme)


@pytest.fixture
def ready(call: Call, staff: Person) -> Call:
    """With feedback to the first, from which two members are recused."""
    decide_all(call, staff)
    settle_places(call)
    application = call.applications.get(number=1)
    Feedback.objects.create(
        application=application, criterion=criteria_of(call)[0], text="Clear aims."
    )
    for name in ("Ada Reader", "Bruno Reader"):
        builders.interest(seat(call, name), application, Standing.RECUSED)
    read_all(call, staff)
    return call


def page(client: Client, application: Application, person: Person | None = None) -> str:
    client.force_login(person or Person.objects.get(pk=application.started_by_id))
    return client.get(application.get_absolute_url()).content.decode()


def test_nothing_shows_before_the_release(client: Client, ready: Call) -> None:
    shown = page(client, ready.applications.get(number=1))
    for words in ("Outcome", "is selected", "Clear aims.", "recused"):
        assert words not in shown


def test_letter_feedback_and_recusals_show_after_it(
    client: Client, ready: Call, staff: Person
) -> None:
    release(ready, staff)
    shown = page(client, ready.applications.get(number=1))
    for words in ("Ashford is selected: The call", "Clear aims.", "2 members of the panel were"):
        assert words in shown
    assert "Ada Reader" not in shown
    other = page(client, ready.applications.get(number=4))
    assert "Dale is not selected: The call" in other
    assert "No member of the panel was recused" in other
    assert "Clear aims." not in other


def test_staff_see_the_same_and_recused_staff_nothing(
    client: Client, ready: Call, staff: Person
) -> None:
    release(ready, staff)
    application = ready.applications.get(number=1)
    assert "Clear aims." in page(client, application, staff)
    builders.interest(builders.panel_member(ready, staff), application, Standing.RECUSED)
    assert "Clear aims." not in page(client, application, staff)


def test_one_that_moved_up_reads_both_letters_also_after_it_withdrew(
    client: Client, ready: Call, staff: Person
) -> None:
    release(ready, staff)
    reserve = ready.applications.get(number=3)
    MoveUp.objects.create(
        application=reserve,
        in_place_of=ready.applications.get(number=1),
        reason="Secret among staff.",
        subject="You have moved up",
        text="Dear all.",
        moved_by=staff,
        moved_by_name="Sam",
    )
    Application.objects.filter(pk=reserve.pk).update(state=ApplicationState.WITHDRAWN)
    shown = page(client, reserve)
    assert "You have moved up" in shown
    assert "Clayton is on the reserve list" in shown
    assert "Secret among staff." not in shown
