"""The release: all or nothing, once, with projects and letters; and what reserves do later."""

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection, transaction
from django.db.utils import DatabaseError
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent, OutgoingMail, Person
from accounts.roles import Role
from places.models import Organisation, Partnership
from programmes.actions.application_states import change_state
from programmes.actions.letters import draft_letters, mark_read, save_letter
from programmes.actions.project_beginnings import LONGEST_FOCUS, shortened
from programmes.actions.release import Released, move_up, release_decisions
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    CallVersion,
    Decision,
    MoveUp,
    Phase,
    Project,
    QuestionKind,
    Standing,
    Submission,
    Support,
    Supporter,
)
from programmes.queries.letters import letters_of
from programmes.queries.release import freed_in, readiness_of
from tests import builders
from tests.programmes.selection.deciding import WHY, decide, decide_all, met, seat
from tests.programmes.selection.scoring import grow, submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return met()


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme, name="Sam Staff")


def read_all(call: Call, by: Person) -> None:
    draft_letters(call=call, by=by)
    for post in letters_of(call):
        assert post.letter
        mark_read(
            application=post.application,
            based_on=post.letter.number,
            decided=post.decided,
            by=by,
        )


def settle_places(call: Call) -> None:
    for application in call.applications.all():
        application.place = builders.place(application.place_name, region="North")
        application.save()


@pytest.fixture
def ready(call: Call, staff: Person) -> Call:
    """Two are selected, one is in reserve, one declined; all letters are read."""
    decide_all(call, staff)
    settle_places(call)
    read_all(call, staff)
    return call


def address(application: Application) -> str:
    return f"https://placework.example/{application.reference}"


def release(call: Call, by: Person, focus: str = "q1", confirmation: str = "") -> Released:
    return release_decisions(
        call=call, focus=focus, by=by, address=address, confirmation=confirmation
    )


def refusals(call: Call, by: Person, **values: str) -> list[str]:
    with pytest.raises(ValidationError) as refusal:
        release(call, by, **values)
    assert not Project.objects.filter(application__isnull=False).exists()
    assert not OutgoingMail.objects.exists()
    return refusal.value.messages


def states(call: Call) -> list[str]:
    return list(call.applications.order_by("number").values_list("state", flat=True))


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


class TestProjects:
    @pytest.fixture
    def selected(self, call: Call) -> Application:
        application = call.applications.get(number=1)
        answers: dict[str, Any] = {
            "q1": "Older people. They wait too long.",
            "p": [
                {"organisation": "  Known   Council", "sector": "nhs", "part": "Leads"},
                {
                    "organisation": "A New Charity",
                    "sector": "voluntary",
                    "part": "Knows the people",
                },
                {"organisation": "a new charity", "sector": "voluntary", "part": ""},
                {"organisation": " ", "sector": "", "part": ""},
            ],
        }
        Submission.objects.create(
            application=application,
            number=2,
            version=call.versions.get(),
            answers=answers,
            sha256="0" * 64,
            submitted_by=None,
            submitted_by_name="Ann",
        )
        return application

    @pytest.fixture
    def call(self) -> Call:
        """Its version also asks for partners and for two supporters."""
        return met(with_partners_and_supporters)

    def back(self, application: Application, key: str, amount: Decimal | None, **more: Any) -> None:
        Support.objects.create(
            application=application,
            key=key,
            name=more.pop("name", "Nora Nurse"),
            email="n@example.org",
            token_sha256=f"{key:0>64}"[:64],
            expires_at=timezone.now(),
            answered_at=timezone.now(),
            is_confirmed=more.pop("is_confirmed", True),
            amount=amount,
            asked_by_name="Ann",
            **more,
        )

    def test_it_brings_place_partners_sponsors_and_funding(
        self, call: Call, staff: Person, selected: Application
    ) -> None:
        builders.organisation("known council")
        self.back(selected, "s1", None, post="Leader")
        self.back(selected, "s2", Decimal(10_000), organisation="The Board")
        decide_all(call, staff)
        settle_places(call)
        read_all(call, staff)
        project = release(call, staff).projects[0]
        assert (project.application, project.cohort) == (selected, call.cohort)
        assert project.focus == "Older people. They wait too long."
        assert [each.organisation.name for each in partners(project)] == [
            "A New Charity",
            "known council",
        ]
        assert partners(project)[1].part == "Leads"
        assert [str(each) for each in project.sponsors.all()] == [
            "Nora Nurse, Senior sponsor",
            "Nora Nurse, The Board",
        ]
        assert [str(each) for each in project.funding.all()] == ["£10,000.00 from The Board"]

    def test_who_did_not_confirm_is_no_sponsor(
        self, call: Call, staff: Person, selected: Application
    ) -> None:
        self.back(selected, "s1", None, is_confirmed=False)
        decide_all(call, staff)
        settle_places(call)
        read_all(call, staff)
        assert not release(call, staff).projects[0].sponsors.exists()

    def test_a_partner_that_had_left_is_back(
        self, call: Call, staff: Person, selected: Application
    ) -> None:
        decide_all(call, staff)
        settle_places(call)
        read_all(call, staff)
        selected.refresh_from_db()
        council = builders.organisation("Known Council")
        Partnership.objects.create(
            place=selected.place, organisation=council, left_on=timezone.localdate()
        )
        release(call, staff)
        assert Partnership.objects.get(organisation=council).left_on is None
        assert Organisation.objects.filter(name__iexact="a new charity").count() == 1

    @given(st.text(max_size=900))
    def test_a_focus_is_short_and_begins_as_the_answer_does(self, answer: str) -> None:
        short = shortened(answer)
        assert len(short) <= LONGEST_FOCUS
        assert " ".join(answer.split()).startswith(short.removesuffix("…"))


def with_partners_and_supporters(version: CallVersion) -> None:
    builders.question(version, "p", kind=QuestionKind.PARTNERS)
    for position, who in enumerate(("Senior sponsor", "The Board"), start=1):
        Supporter.objects.create(
            version=version, key=f"s{position}", position=position, who=who, asked="Support"
        )


def partners(project: Project) -> list[Partnership]:
    rows = Partnership.objects.filter(place=project.place).select_related("organisation")
    return list(rows.order_by("organisation__name"))


class TestReserves:
    @pytest.fixture
    def released(self, ready: Call, staff: Person) -> Call:
        release(ready, staff)
        return ready

    @pytest.fixture
    def freed(self, released: Call, staff: Person) -> Application:
        application = released.applications.get(number=1)
        change_state(
            application=application, to=ApplicationState.WITHDRAWN, by=staff, reason="They wrote."
        )
        return application

    def up(self, freed: Application, by: Person, number: int = 3, **typed: str) -> Project:
        values = {"reason": "A1 withdrew.", "subject": "You are in", "text": "Dear all."} | typed
        return move_up(
            application=freed.call.applications.get(number=number),
            in_place_of=freed,
            focus="q1",
            by=by,
            address=address,
            **values,
        )

    def test_the_first_reserve_moves_up_with_letter_and_project(
        self, released: Call, freed: Application, staff: Person
    ) -> None:
        OutgoingMail.objects.all().delete()
        project = self.up(freed, staff)
        assert states(released) == ["withdrawn", "selected", "selected", "declined"]
        assert project.place.name == "Clayton"
        assert OutgoingMail.objects.get().subject == "You are in"
        assert MoveUp.objects.get().reason == "A1 withdrew."
        assert AuditEvent.objects.filter(kind="decision.moved_up").count() == 1
        assert not freed_in(released).exists()

    def test_only_once_for_a_place(self, freed: Application, staff: Person) -> None:
        self.up(freed, staff)
        with pytest.raises(ValidationError, match="Nobody is left on the reserve list"):
            self.up(freed, staff)
        assert MoveUp.objects.count() == 1

    def test_one_who_moved_up_and_withdrew_frees_the_place_again(
        self, released: Call, freed: Application, staff: Person
    ) -> None:
        self.up(freed, staff)
        change_state(
            application=released.applications.get(number=3),
            to=ApplicationState.WITHDRAWN,
            by=staff,
            reason="They wrote too.",
        )
        assert [row.number for row in freed_in(released)] == [3]

    def test_what_is_refused(self, released: Call, freed: Application, staff: Person) -> None:
        with pytest.raises(ValidationError, match="A3 Clayton is first"):
            self.up(freed, staff, number=4)
        with pytest.raises(ValidationError, match="Say why"):
            self.up(freed, staff, reason=" ")
        with pytest.raises(ValidationError, match="somebody else has moved up"):
            self.up(released.applications.get(number=2), staff)
        seat(released, "Ada Reader")
        with pytest.raises(ValidationError, match="Take out the name"):
            self.up(freed, staff, text="Ada Reader thinks so too.")
        Application.objects.filter(number=3).update(place=None)
        with pytest.raises(ValidationError, match="say which place"):
            self.up(freed, staff)
        with pytest.raises(PermissionDenied):
            self.up(freed, builders.person())
        assert not MoveUp.objects.exists()


class TestPages:
    @pytest.fixture(autouse=True)
    def signed_in(self, client: Client, staff: Person) -> None:
        client.force_login(staff)

    def address(self, call: Call, name: str, *others: object) -> str:
        where = [call.cohort.programme.slug, call.cohort.number, *others]
        return reverse(f"programmes:{name}", args=where)

    def test_obstacles_lead_to_where_they_are_put_right(
        self, client: Client, call: Call, staff: Person
    ) -> None:
        decide(call, staff, a1=("select",))
        draft_letters(call=call, by=staff)
        page = client.get(self.address(call, "release")).content.decode()
        assert self.address(call, "letter", 1) in page
        assert call.applications.get(number=1).get_absolute_url() in page
        assert "Release all decisions" not in page
        assert client.post(self.address(call, "release")).status_code == 200
        assert Call.objects.get().phase == Phase.MEETING

    def test_released_twice_by_two_clicks(self, client: Client, ready: Call) -> None:
        page = self.address(ready, "release")
        assert "Release all decisions" in client.get(page).content.decode()
        shown = client.post(page, {"focus": "q1"}, follow=True).content.decode()
        assert "The decisions are released, and 4 letters on the way" in shown
        assert "What was decided stays" in shown
        assert f">projects of {str(ready.cohort).lower()}</a>" in shown
        shown = client.post(page, {"focus": "q1"}, follow=True).content.decode()
        assert "Nothing was sent again" in shown
        assert OutgoingMail.objects.count() == 4

    def test_too_many_are_confirmed_in_writing(
        self, client: Client, call: Call, staff: Person
    ) -> None:
        decide_all(call, staff)
        decide(call, staff, 1, a3=("select", None, WHY))
        settle_places(call)
        read_all(call, staff)
        page = self.address(call, "release")
        shown = client.post(page, {"focus": "q1", "confirmation": " "}).content.decode()
        assert "3 are selected, and 2 can be chosen" in shown
        sent = {"focus": "q1", "confirmation": "The board agreed."}
        assert client.post(page, sent).status_code == 302

    def test_a_reserve_moves_up_on_a_page(self, client: Client, ready: Call, staff: Person) -> None:
        release(ready, staff)
        page = self.address(ready, "reserve_move_up", 1)
        assert client.get(page).status_code == 404
        change_state(
            application=ready.applications.get(number=1),
            to=ApplicationState.WITHDRAWN,
            by=staff,
            reason="They wrote.",
        )
        assert page in client.get(self.address(ready, "decisions")).content.decode()
        shown = client.get(page).content.decode()
        assert "Clayton is selected: The call" in shown
        sent = {"reason": "", "subject": "In", "text": "Dear all.", "focus": "q1"}
        assert "Say why it moves up" in client.post(page, sent).content.decode()
        shown = client.post(page, sent | {"reason": "Next."}, follow=True).content.decode()
        assert "Clayton has moved up" in shown
        assert "Reserve 1, moved up" in shown
        assert client.post(page, sent | {"reason": "Next."}).status_code == 404

    def test_nobody_left_in_reserve(self, client: Client, ready: Call, staff: Person) -> None:
        release(ready, staff)
        Application.objects.filter(number=3).update(state=ApplicationState.WITHDRAWN)
        Application.objects.filter(number=1).update(state=ApplicationState.WITHDRAWN)
        page = self.address(ready, "reserve_move_up", 1)
        assert "Nobody is left on the reserve list" in client.get(page).content.decode()

    def test_a_project_shows_who_stands_behind_it(
        self, client: Client, ready: Call, staff: Person
    ) -> None:
        project = release(ready, staff).projects[0]
        project.sponsors.create(role="Senior sponsor", name="Nora Nurse", organisation="Council")
        project.funding.create(source="The Board", amount=10_000)
        address = reverse("programmes:project", args=[project.programme.slug, project.slug])
        page = client.get(address).content.decode()
        assert "Senior sponsor: Nora Nurse, Council" in page
        assert "£10,000 from The Board" in page


def test_readiness_takes_the_same_queries_for_4_and_for_40(
    staff: Person, call: Call, django_assert_num_queries: Any
) -> None:
    decide_all(call, staff)
    with CaptureQueriesContext(connection) as few:
        readiness_of(call, staff)
    grow(call, 40)
    with django_assert_num_queries(len(few)):
        readiness_of(call, staff)
