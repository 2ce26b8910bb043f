"""The whole matrix: every state, every other state, everybody who might try."""

from itertools import product

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.models import AuditEvent, Person
from accounts.roles import Role
from programmes.actions.application_states import change_state
from programmes.application_states import FOR_APPLICANTS, STEPS, Actor
from programmes.models import Application, ApplicationState
from tests import builders

pytestmark = pytest.mark.django_db

ALLOWED = {(step.old, step.new, step.actor) for step in STEPS}
WHO = ["applicant", "staff", "member", "evaluator", "nobody"]
ACTS_AS = {"applicant": Actor.APPLICANT, "staff": Actor.STAFF}
PAIRS = [pair for pair in product(ApplicationState, repeat=2) if pair[0] != pair[1]]


@pytest.fixture
def people(application: Application) -> dict[str, Person]:
    programme = application.call.cohort.programme
    member = builders.grant(builders.person(), Role.PANEL_MEMBER, programme)
    seat = builders.panel_member(application.call, member)
    builders.interest(seat, application)
    return {
        "applicant": Person.objects.get(pk=application.started_by_id),
        "staff": builders.staff(programme),
        "member": member,
        "evaluator": builders.evaluator(programme),
        "nobody": builders.person(),
    }


@pytest.fixture
def application() -> Application:
    return builders.application()


@pytest.mark.parametrize(("old", "new"), PAIRS, ids=lambda state: str(state))
def test_only_whom_the_table_names_takes_a_step(
    application: Application,
    people: dict[str, Person],
    old: ApplicationState,
    new: ApplicationState,
) -> None:
    for who in WHO:
        Application.objects.filter(pk=application.pk).update(state=old)
        allowed = (old, new, ACTS_AS.get(who)) in ALLOWED
        try:
            change_state(application=application, to=new, by=people[who], reason="Because.")
        except (PermissionDenied, ValidationError):
            assert not allowed, who
        else:
            assert allowed, who
        application.refresh_from_db()
        assert application.state == (new if allowed else old)


def test_a_change_is_a_row_and_an_event(
    application: Application, people: dict[str, Person]
) -> None:
    change_state(application=application, to=ApplicationState.WITHDRAWN, by=people["applicant"])
    change = application.changes.get()
    assert (change.old, change.new) == ("started", "withdrawn")
    assert change.changed_by == people["applicant"]
    event = AuditEvent.objects.get(kind="application.state_changed")
    assert event.changes["state"] == ["Started", "Withdrawn"]


def test_a_step_that_asks_for_a_reason_is_not_taken_without(people: dict[str, Person]) -> None:
    application = Application.objects.get()
    Application.objects.update(state=ApplicationState.SUBMITTED)
    with pytest.raises(ValidationError, match="Say why"):
        change_state(
            application=application, to=ApplicationState.ELIGIBLE, by=people["staff"], reason=" "
        )
    assert not application.changes.exists()


def test_every_state_has_words_for_applicants() -> None:
    assert set(FOR_APPLICANTS) == set(ApplicationState)
