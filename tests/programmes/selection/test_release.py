"""The release: all or nothing, once, and what stands in its way."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test.utils import CaptureQueriesContext

from accounts.models import AuditEvent, OutgoingMail, Person
from accounts.roles import Role
from programmes.actions.application_states import change_state
from programmes.actions.letters import draft_letters, save_letter
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Decision,
    Phase,
    Project,
    Standing,
)
from programmes.queries.letters import letters_of
from programmes.queries.release import readiness_of
from tests import builders
from tests.programmes.selection.deciding import WHY, decide, decide_all, met, seat
from tests.programmes.selection.releasing import (
    make_ready,
    read_all,
    release,
    settle_places,
    states,
)
from tests.programmes.selection.scoring import grow, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return met()


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme, name="Sam Staff")


@pytest.fixture
def ready(call: Call, staff: Person) -> Call:
    return make_ready(call, staff)


def refusals(call: Call, by: Person, **values: str) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        release(call, by, **values)
    assert not Project.objects.filter(application__isnull=False).exists()
    assert not OutgoingMail.objects.exists()
    return refusal.value.messages


class TestReleasing:
    def test_everything_happens_at_once(self, ready: Call, staff: Person) -> None:
        result = release(ready, staff)
        assert states(ready) == ["selected", "selected", "reserve", "declined"]
        assert Call.objects.get().phase == Phase.RELEASED
        assert not Decision.objects.filter(released_at=None).exists()
        assert {post.status.value for post in letters_of(ready)} == {"Sent"}
        assert [project.place.name for project in result.projects] == ["Ashford", "Birchley"]
        assert OutgoingMail.objects.count() == 4
        event = AuditEvent.objects.get(kind="decision.released")
        assert event.changes == {"select": ["", "2"], "reserve": ["", "1"], "decline": ["", "1"]}

    def test_a_second_click_does_nothing_more(self, ready: Call, staff: Person) -> None:
        assert release(ready, staff).is_new
        assert not release(Call.objects.get(), builders.staff(ready.cohort.programme)).is_new
        assert Project.objects.filter(cohort=ready.cohort).count() == 2
        assert OutgoingMail.objects.count() == 4

    def test_letters_go_to_all_writers_with_feedback(self, call: Call, staff: Person) -> None:
        decide_all(call, staff)
        settle_places(call)
        draft_letters(call=call, by=staff)
        post = letters_of(call)[0]
        assert post.letter
        save_letter(
            application=post.application,
            subject="You are in",
            text="Dear all.",
            feedback={"c1": "Clear aims."},
            based_on=post.letter.number,
            decided=post.decided,
            by=staff,
        )
        read_all(call, staff)
        colleague = builders.grant(builders.person(), Role.APPLICANT, post.application)
        release(call, staff)
        mails = OutgoingMail.objects.filter(subject="You are in")
        assert mails.filter(to=colleague.email).exists()
        assert {each.text for each in mails} == {
            "Dear all.\n\nFeedback\n\nBeginnings\nClear aims.\n\n"
            "You can read this again in Placework:\nhttps://placework.example/A1\n"
        }
        assert mails.count() == 2

    def test_nothing_is_undone_silently_afterwards(self, ready: Call, staff: Person) -> None:
        release(ready, staff)
        for row in (Decision.objects.first(), letters_of(ready)[0].letter):
            assert row
            row.outcome = "decline"
            with pytest.raises(DatabaseError), transaction.atomic():
                row.save()
        with pytest.raises(ValidationError):
            decide(ready, staff, 1, a1=("decline",))

    def test_what_is_withdrawn_by_then_is_left_out(self, ready: Call, staff: Person) -> None:
        change_state(
            application=ready.applications.get(number=4), to=ApplicationState.WITHDRAWN, by=None
        )
        release(ready, staff)
        assert states(ready)[3] == "withdrawn"
        assert OutgoingMail.objects.count() == 3


class TestObstacles:
    def test_what_is_missing_is_said_all_at_once(self, call: Call, staff: Person) -> None:
        decide(call, staff, a1=("select",), a4=("decline",))
        found = refusals(call, staff)
        assert found == [
            "A2 Birchley is not decided.",
            "A3 Clayton is not decided.",
            "The letter to A1 Ashford: not drafted.",
            "The letter to A4 Dale: not drafted.",
            "A1 Ashford: say which place of the register it is.",
        ]

    def test_only_from_the_meeting(self, ready: Call, staff: Person) -> None:
        Call.objects.update(phase=Phase.SCORING)
        assert "The call is in the phase “Scoring”" in refusals(ready, staff)[0]

    def test_an_application_that_waits_for_eligibility(self, ready: Call, staff: Person) -> None:
        builders.application(ready, "Elm", ApplicationState.SUBMITTED)
        assert refusals(ready, staff) == ["A5 Elm: say whether it is eligible."]

    def test_who_came_into_the_band_after_the_decision(self, ready: Call, staff: Person) -> None:
        for member, value in zip(ready.members.all(), (2, 5, 5), strict=True):
            submit(member, ready.applications.get(number=4), value)
        assert "A4 Dale is in the band around the line: say why it is decided so." in refusals(
            ready, staff
        )

    def test_more_than_there_are_places_needs_a_word(self, call: Call, staff: Person) -> None:
        decide_all(call, staff)
        decide(call, staff, 1, a3=("select", None, WHY))
        settle_places(call)
        read_all(call, staff)
        assert "3 are selected, and 2 can be chosen" in refusals(call, staff)[0]
        release(call, staff, confirmation="The sponsors agreed on 20 November.")
        told = AuditEvent.objects.get(kind="decision.released").changes["confirmation"]
        assert told == ["", "The sponsors agreed on 20 November."]

    def test_two_for_one_place_and_a_project_that_is_there(
        self, ready: Call, staff: Person
    ) -> None:
        first, second = ready.applications.order_by("number")[:2]
        place = first.place
        assert place
        Application.objects.filter(pk=second.pk).update(place=place)
        assert len(refusals(ready, staff)) == 2
        Application.objects.filter(pk=second.pk).update(place=second.place)
        there = builders.project(ready.cohort.programme, cohort=ready.cohort, place=place)
        assert "has a project in this cohort" in refusals(ready, staff)[0]
        there.cohort = builders.cohort(ready.cohort.programme, 9)
        there.save()
        release(ready, staff)

    def test_a_letter_that_names_a_member_who_came_later(self, ready: Call, staff: Person) -> None:
        seat(ready, "Ashford")
        assert "The letter to A1 Ashford names a member of the panel: Ashford." in refusals(
            ready, staff
        )

    def test_the_question_of_the_focus_must_be_one_of_the_call(
        self, ready: Call, staff: Person
    ) -> None:
        assert "Select the question" in refusals(ready, staff, focus="q7")[0]

    def test_who_may(self, ready: Call, staff: Person) -> None:
        chair = ready.members.get(is_chair=True).person
        with pytest.raises(PermissionDenied):
            release(ready, chair)
        member = builders.panel_member(ready, staff)
        builders.interest(member, ready.applications.get(number=4), Standing.RECUSED)
        with pytest.raises(PermissionDenied):
            release(ready, staff)


def test_readiness_takes_the_same_queries_for_4_and_for_40(
    staff: Person, call: Call, django_assert_num_queries: Any
) -> None:
    decide_all(call, staff)
    with CaptureQueriesContext(connection) as few:
        readiness_of(call, staff)
    grow(call, 40)
    with django_assert_num_queries(len(few)):
        readiness_of(call, staff)
