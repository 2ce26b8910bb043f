"""What staff do with an application until the panel has it: by hand, with a reason."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import AuditEvent, OutgoingMail, Person
from places.models import Place
from programmes.actions.applications import submit_application
from programmes.actions.call_phases import change_phase
from programmes.actions.eligibility import (
    add_its_place,
    ask_for_correction,
    check_again,
    decide_eligibility,
    go_on_without_correction,
    grant_extension,
    record_withdrawal,
    settle_place,
)
from programmes.models import Application, ApplicationState, Call, Phase
from tests import builders

pytestmark = pytest.mark.django_db

STATE = ApplicationState


@pytest.fixture
def application() -> Application:
    call = builders.call(phase=Phase.ELIGIBILITY)
    return builders.application(call, "Wakefield", STATE.SUBMITTED)


@pytest.fixture
def staff(application: Application) -> Person:
    return builders.staff(application.call.cohort.programme)


def in_an_hour() -> Any:
    return timezone.now() + timedelta(hours=1)


def put(application: Application, state: ApplicationState) -> None:
    Application.objects.filter(pk=application.pk).update(state=state)
    application.refresh_from_db()


def test_a_place_that_is_not_eligible_is_told_why(application: Application, staff: Person) -> None:
    decide_eligibility(
        application=application, is_eligible=False, reason="It is in Wales.", by=staff
    )
    application.refresh_from_db()
    assert application.state == STATE.NOT_ELIGIBLE
    mail = OutgoingMail.objects.get()
    assert application.started_by
    assert mail.to == application.started_by.email
    assert "It is in Wales." in mail.text


def test_one_that_is_eligible_hears_nothing_yet(application: Application, staff: Person) -> None:
    decide_eligibility(application=application, is_eligible=True, reason="Complete.", by=staff)
    assert not OutgoingMail.objects.exists()
    check_again(application=application, reason="A supporter withdrew.", by=staff)
    assert [change.reason for change in application.changes.order_by("pk")] == [
        "Complete.",
        "A supporter withdrew.",
    ]


def test_a_correction_opens_it_until_a_date(application: Application, staff: Person) -> None:
    due = in_an_hour()
    ask_for_correction(application=application, asked="Add the sectors.", due_at=due, by=staff)
    assert "Add the sectors." in OutgoingMail.objects.get().text
    writer = Person.objects.get(pk=application.started_by_id)
    submission = submit_application(application=application, by=writer)
    correction = application.corrections.get()
    assert correction.submission == submission
    assert submission.number == 2
    event = AuditEvent.objects.get(kind="application.correction_asked")
    assert event.changes["asked"] == ["", "Add the sectors."]


def test_staff_go_on_without_a_correction(application: Application, staff: Person) -> None:
    with pytest.raises(ValidationError, match="No correction is asked"):
        go_on_without_correction(application=application, reason="It is late.", by=staff)
    ask_for_correction(application=application, asked="Sectors.", due_at=in_an_hour(), by=staff)
    go_on_without_correction(application=application, reason="It is late.", by=staff)
    application.refresh_from_db()
    assert application.state == STATE.SUBMITTED
    assert application.submissions.count() == 1


@pytest.mark.parametrize(
    ("asked", "hours", "told"),
    [(" ", 1, "Say what must be put right"), ("Sectors", -1, "Enter a time in the future")],
)
def test_a_correction_needs_words_and_time(
    application: Application, staff: Person, asked: str, hours: int, told: str
) -> None:
    due = timezone.now() + timedelta(hours=hours)
    with pytest.raises(ValidationError, match=told):
        ask_for_correction(application=application, asked=asked, due_at=due, by=staff)


def test_an_extension_lets_a_late_one_in(application: Application, staff: Person) -> None:
    with pytest.raises(ValidationError, match="not submitted yet"):
        grant_extension(application=application, until=in_an_hour(), reason="Flood", by=staff)
    late = builders.application(application.call)
    builders.Answer.objects.create(application=late, key="q1", number=1, value="We were flooded.")
    writer = Person.objects.get(pk=late.started_by_id)
    with pytest.raises(ValidationError, match="time to submit is over"):
        submit_application(application=late, by=writer)
    for until, reason, told in (
        (timezone.now(), "Flood", "in the future"),
        (in_an_hour(), " ", "Say why"),
    ):
        with pytest.raises(ValidationError, match=told):
            grant_extension(application=late, until=until, reason=reason, by=staff)
    grant_extension(application=late, until=in_an_hour(), reason="Flood", by=staff)
    text = OutgoingMail.objects.get().text
    assert "can be submitted until" in text
    assert "Flood" not in text
    with pytest.raises(ValidationError, match="extension that you have granted still runs"):
        change_phase(call=application.call, to=Phase.CONFLICTS, by=staff)
    submit_application(application=late, by=writer)


@pytest.mark.parametrize(
    "state", [STATE.STARTED, STATE.SUBMITTED, STATE.CORRECTION, STATE.ELIGIBLE, STATE.RESERVE]
)
def test_a_withdrawal_is_recorded(
    application: Application, staff: Person, state: ApplicationState
) -> None:
    put(application, state)
    record_withdrawal(application=application, reason="By telephone.", by=staff)
    application.refresh_from_db()
    assert application.state == STATE.WITHDRAWN
    assert "By telephone." in OutgoingMail.objects.get().text


def test_its_place_is_settled_or_added(application: Application, staff: Person) -> None:
    known = builders.place("Wakefield District")
    settle_place(application=application, place=known, by=staff)
    settle_place(application=application, place=known, by=staff)  # changes nothing
    settle_place(application=application, place=None, by=staff)
    assert AuditEvent.objects.filter(kind="application.place_settled").count() == 2
    added = add_its_place(application=application, by=staff)
    application.refresh_from_db()
    assert application.place == added == Place.objects.get(name="Wakefield")
    with pytest.raises(ValidationError):  # there is one of that name now
        add_its_place(application=application, by=staff)


DEEDS: list[Callable[..., Any]] = [
    lambda **given: decide_eligibility(is_eligible=True, reason="So.", **given),
    lambda **given: check_again(reason="So.", **given),
    lambda **given: ask_for_correction(asked="So.", due_at=in_an_hour(), **given),
    lambda **given: go_on_without_correction(reason="So.", **given),
    lambda **given: grant_extension(until=in_an_hour(), reason="So.", **given),
]
OTHERS: list[Callable[..., Any]] = [
    lambda **given: record_withdrawal(reason="So.", **given),
    lambda **given: settle_place(place=None, **given),
    add_its_place,
]


@pytest.mark.parametrize("deed", [*DEEDS, *OTHERS])
def test_only_staff_who_are_not_recused_do_it(
    application: Application, staff: Person, deed: Callable[..., Any]
) -> None:
    builders.interest(
        builders.panel_member(application.call, staff), application, builders.Standing.RECUSED
    )
    writer = Person.objects.get(pk=application.started_by_id)
    for by in (writer, staff, builders.staff(builders.programme())):
        with pytest.raises(PermissionDenied):
            deed(application=application, by=by)


@pytest.mark.parametrize("deed", DEEDS)
def test_nothing_changes_beneath_the_panel(
    application: Application, staff: Person, deed: Callable[..., Any]
) -> None:
    Call.objects.update(phase=Phase.SCORING)
    with pytest.raises(ValidationError, match="The panel has the applications"):
        deed(application=application, by=staff)
