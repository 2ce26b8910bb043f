"""Two people do the same thing at the same moment: it happens once, and the other is told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from accounts.models import OutgoingMail, Person
from programmes.actions.application_states import change_state
from programmes.actions.decisions import Wanted, prepare_decisions
from programmes.actions.lots import draw_lot
from programmes.actions.release import move_up, release_decisions
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Decision,
    DecisionChange,
    Lot,
    MoveUp,
    Project,
)
from programmes.queries.decisions import Verdict
from tests import builders
from tests.programmes.selection.deciding import met, seat
from tests.programmes.selection.releasing import address, make_ready, release, states

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def call() -> Call:
    return met()


def staff_of(call: Call) -> Person:
    return builders.staff(call.cohort.programme)


def at_once(act: Callable[[Person], object], *people: Person) -> list[object]:
    """What came of it for each: what the act gave, or its refusal."""
    together = Barrier(len(people), timeout=20)

    def one(person: Person) -> object:
        try:
            together.wait()
            return act(person)
        except ValidationError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(people)) as threads:
        return list(threads.map(one, people))


def refusals(results: list[object]) -> list[str]:
    return [text for each in results if isinstance(each, ValidationError) for text in each.messages]


def test_two_release_and_each_letter_and_project_is_made_once(call: Call) -> None:
    make_ready(call, staff_of(call))

    def act(person: Person) -> bool:
        again = Call.objects.get(pk=call.pk)
        return release_decisions(call=again, focus="q1", by=person, address=address).is_new

    assert sorted(map(bool, at_once(act, staff_of(call), staff_of(call)))) == [False, True]
    assert OutgoingMail.objects.count() == 4
    assert Project.objects.filter(application__isnull=False).count() == 2


def test_two_move_up_the_same_reserve(call: Call) -> None:
    staff = staff_of(call)
    make_ready(call, staff)
    release(call, staff)
    gone = withdrawn(call, 1, staff)
    reserve = call.applications.get(number=3)

    def act(person: Person) -> Project:
        return move_up(
            application=Application.objects.get(pk=reserve.pk),
            in_place_of=Application.objects.get(pk=gone.pk),
            reason="They withdrew.",
            subject="You are in",
            text="Dear all.",
            focus="q1",
            by=person,
            address=address,
        )

    assert len(refusals(at_once(act, staff_of(call), staff_of(call)))) == 1
    assert MoveUp.objects.count() == 1
    assert states(call) == ["withdrawn", "selected", "selected", "declined"]
    assert OutgoingMail.objects.filter(subject="You are in").count() == 1


def test_a_place_withdraws_while_all_is_released(call: Call) -> None:
    """Before it or after it: there is a project exactly if the letter said selected."""
    staff = staff_of(call)
    make_ready(call, staff)
    first = call.applications.get(number=1)

    def act(person: Person) -> object:
        if person == staff:
            return release(Call.objects.get(pk=call.pk), person)
        gone, reason = ApplicationState.WITHDRAWN, "They rang."
        return change_state(application=first, to=gone, by=person, reason=reason)

    assert refusals(at_once(act, staff, staff_of(call))) == []
    assert states(call)[0] == "withdrawn"
    told = OutgoingMail.objects.filter(text__contains="/A1\n").exists()
    assert Project.objects.filter(application=first).exists() is told


def test_two_chairs_decide_the_same_application(call: Call) -> None:
    chairs = [call.members.get(is_chair=True), seat(call, is_chair=True)]
    for application in call.applications.all():
        builders.interest(chairs[1], application)
    wanted = dict(zip((chair.person for chair in chairs), ("select", "decline"), strict=True))

    def act(person: Person) -> object:
        decided = {1: Wanted(Verdict(wanted[person], None, "We agreed."), 0)}
        return prepare_decisions(call=Call.objects.get(pk=call.pk), wanted=decided, by=person)

    results = at_once(act, *wanted)
    assert len(refusals(results)) == 1
    assert "meanwhile. Save again if yours is to stand" in refusals(results)[0]
    assert DecisionChange.objects.get().outcome == Decision.objects.get().outcome


def test_two_draw_the_same_lot(call: Call) -> None:
    pair = list(call.applications.filter(number__in=[2, 3]))

    def act(person: Person) -> Lot:
        return draw_lot(call=call, between=pair, reason="Equal.", by=person)

    results = at_once(act, staff_of(call), staff_of(call))
    assert "has been drawn, and stands" in refusals(results)[0]
    assert Lot.objects.count() == 1


def withdrawn(call: Call, number: int, by: Person) -> Application:
    application = call.applications.get(number=number)
    reason = "They wrote."
    change_state(application=application, to=ApplicationState.WITHDRAWN, by=by, reason=reason)
    return application
