"""The panel in pages: composed and settled by staff, declared and scored by its members."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from programmes.models import (
    Application,
    ApplicationState,
    Assignment,
    Call,
    PanelMember,
    Phase,
    PrivateNote,
    ScoreSheet,
    Standing,
)
from tests import builders

pytestmark = pytest.mark.django_db

Counts = Callable[[int], object]


@pytest.fixture
def call() -> Call:
    return builders.call(phase=Phase.SCORING)


@pytest.fixture
def applications(call: Call) -> list[Application]:
    return [
        builders.application(call, name, ApplicationState.ELIGIBLE) for name in ("Ayton", "Beeton")
    ]


@pytest.fixture
def member(call: Call, client: Client) -> PanelMember:
    """Who is signed in."""
    someone = builders.grant(builders.person("Mo"), Role.PANEL_MEMBER, call.cohort.programme)
    client.force_login(someone)
    return builders.panel_member(call, someone)


@pytest.fixture
def reader(member: PanelMember, applications: list[Application]) -> PanelMember:
    for application in applications:
        builders.interest(member, application)
    return member


@pytest.fixture
def staff(call: Call, client: Client) -> Person:
    someone = builders.staff(call.cohort.programme)
    client.force_login(someone)
    return someone


def address(call: Call, name: str, **more: object) -> str:
    where = {"slug": call.cohort.programme.slug, "number": call.cohort.number}
    return reverse(f"programmes:{name}", kwargs=where | more)


class TestDeclaring:
    def test_only_names_of_places_are_shown(
        self, client: Client, call: Call, member: PanelMember, applications: list[Application]
    ) -> None:
        page = client.get(address(call, "declaration")).content.decode()
        assert "Ayton" in page
        assert "We meet on Mondays." not in page

    def test_what_was_answered_stays_when_something_is_missing(
        self, client: Client, call: Call, member: PanelMember, applications: list[Application]
    ) -> None:
        first, second = applications
        sent = {f"conflict_{first.pk}": "yes", f"words_{first.pk}": "My sister leads it."}
        page = client.post(address(call, "declaration"), sent).content.decode()
        assert "Say whether you have a conflict with Beeton" in page
        assert "My sister leads it." in page
        sent |= {f"conflict_{second.pk}": "no"}
        response = client.post(address(call, "declaration"), sent)
        assert response.headers["Location"] == address(call, "reading")
        standings = member.interests.order_by("application__number").values_list("standing")
        assert [standing for (standing,) in standings] == [Standing.TO_SETTLE, Standing.CLEAR]


class TestScoring:
    def score(self, application: Application, **fields: str) -> dict[str, str]:
        return {"score_c1": "4", "comment_c1": "", "comment": "", "based_on": "0"} | fields

    def test_a_draft_is_saved_and_shown_again(
        self, client: Client, call: Call, reader: PanelMember, applications: list[Application]
    ) -> None:
        page = address(call, "score", application=1)
        sent = self.score(applications[0], comment="Promising.")
        assert client.post(page, sent).headers["Location"] == page
        shown = client.get(page).content.decode()
        assert "Promising." in shown
        assert "Like a 3" in shown
        text = client.get(address(call, "score_text", application=1)).content.decode()
        assert "We meet on Mondays." in text
        assert "Support" not in text

    def test_support_is_shown_by_role_without_names(self, client: Client) -> None:
        call = builders.call(phase=Phase.SCORING, supporters=["sponsor", "board"])
        application = builders.application(call, state=ApplicationState.ELIGIBLE)
        builders.support(
            application,
            is_confirmed=True,
            answered_at=datetime(2026, 11, 12, 23, 30, tzinfo=UTC),
            amount=10_000,
            words="All of us.",
        )
        reader = builders.panel_member(call)
        builders.interest(reader, application)
        client.force_login(reader.person)
        text = client.get(address(call, "score_text", application=1)).content.decode()
        assert "The sponsor" in text
        assert "Confirmed on 12 November 2026, with £10,000" in text
        assert "Not confirmed" in text  # by the board
        for private in ("Sue", "sue@example.org", "All of us."):
            assert private not in text

    def test_submitting_leads_to_the_next(
        self, client: Client, call: Call, reader: PanelMember, applications: list[Application]
    ) -> None:
        sent = self.score(applications[0], hand_in="yes")
        response = client.post(address(call, "score", application=1), sent)
        assert response.headers["Location"] == address(call, "score", application=2)
        response = client.post(address(call, "score", application=2), sent)
        assert response.headers["Location"] == address(call, "reading")

    @pytest.mark.parametrize("value", ["0", "6", "-1", "3.5", "1e0", "four", "٤"])
    def test_a_score_off_the_scale_keeps_what_was_typed(
        self,
        client: Client,
        call: Call,
        reader: PanelMember,
        applications: list[Application],
        value: str,
    ) -> None:
        sent = self.score(applications[0], score_c1=value, comment="Promising.")
        page = client.post(address(call, "score", application=1), sent).content.decode()
        assert "Choose a score from 1 to 5" in page
        assert "Promising." in page
        assert not ScoreSheet.objects.filter(number__gt=0).exists()

    def test_submitting_without_a_score_says_which(
        self, client: Client, call: Call, reader: PanelMember, applications: list[Application]
    ) -> None:
        sent = self.score(applications[0], score_c1="", hand_in="yes")
        page = client.post(address(call, "score", application=1), sent).content.decode()
        assert "Score “Beginnings”" in page

    def test_a_second_window_is_told_and_may_save_again(
        self, client: Client, call: Call, reader: PanelMember, applications: list[Application]
    ) -> None:
        page = address(call, "score", application=1)
        client.post(page, self.score(applications[0]))
        response = client.post(page, self.score(applications[0], comment="From here."))
        assert response.status_code == 409
        assert "You saved these scores in another window." in response.content.decode()
        assert 'name="based_on" value="1"' in response.content.decode()

    def test_others_scores_are_hidden_until_ones_own_are_in(
        self, client: Client, call: Call, reader: PanelMember, applications: list[Application]
    ) -> None:
        other = builders.panel_member(call, builders.person("Olu Other"))
        sheet = builders.score_sheet(other, applications[0], 5, comment="Superb plan.")
        assert sheet.submitted_at
        page = address(call, "score", application=1)
        assert "Superb plan." not in client.get(page).content.decode()
        client.post(page, self.score(applications[0], hand_in="yes"))
        shown = client.get(page).content.decode()
        assert "Superb plan." in shown
        assert "Olu Other" in shown

    def test_a_note_is_seen_by_its_writer_alone(
        self, client: Client, call: Call, reader: PanelMember, applications: list[Application]
    ) -> None:
        client.post(address(call, "note", application=1), {"text": "Ask about money."})
        assert PrivateNote.objects.get().text == "Ask about money."
        page = address(call, "note", application=1)
        assert "Ask about money." in client.get(page).content.decode()
        other = builders.grant(builders.person(), Role.PANEL_MEMBER, call.cohort.programme)
        seat = builders.panel_member(call, other)
        for application in applications:
            builders.interest(seat, application)
        client.force_login(other)
        assert "Ask about money." not in client.get(page).content.decode()

    def test_a_conflict_seen_while_reading_closes_the_application(
        self, client: Client, call: Call, reader: PanelMember, applications: list[Application]
    ) -> None:
        page = address(call, "conflict", application=1)
        assert "Say what the conflict is" in client.post(page, {}).content.decode()
        client.post(page, {"words": "I know the author."})
        assert client.get(address(call, "score", application=1)).status_code == 404
        assert "Ayton: to be settled" in client.get(address(call, "reading")).content.decode()

    def test_one_or_many_are_listed_in_the_same_number_of_queries(
        self,
        client: Client,
        call: Call,
        reader: PanelMember,
        applications: list[Application],
        django_assert_num_queries: Counts,
    ) -> None:
        for _ in range(30):
            builders.interest(reader, builders.application(call, state=ApplicationState.ELIGIBLE))
        with django_assert_num_queries(8):
            client.get(address(call, "reading"))


@pytest.mark.usefixtures("staff")
class TestComposing:
    def test_only_who_holds_the_role_can_be_added(self, client: Client, call: Call) -> None:
        page = address(call, "panel_member_create")
        assert "Invite somebody" in client.get(page).content.decode()
        someone = builders.grant(builders.person("Mo"), Role.PANEL_MEMBER, call.cohort.programme)
        refused = client.post(page, {}).content.decode()
        assert "Select a person" in refused
        assert reverse("programmes:invite", args=[call.cohort.programme.slug]) in refused
        client.post(page, {"person": someone.pk, "organisation": "Ayton Council", "is_chair": "on"})
        assert call.members.get().organisation == "Ayton Council"
        assert "Mo</a> (chair)" in client.get(address(call, "panel")).content.decode()

    def test_a_member_is_removed_with_a_reason(self, client: Client, call: Call) -> None:
        member = builders.panel_member(call, builders.person("Mo"))
        page = address(call, "panel_member", pk=member.pk)
        assert "Say why they leave the panel" in client.post(page, {}).content.decode()
        client.post(page, {"reason": "Moved away."})
        assert "Mo, since" in client.get(address(call, "panel")).content.decode()

    def test_applications_are_assigned(
        self, client: Client, call: Call, applications: list[Application]
    ) -> None:
        for _ in range(3):
            builders.panel_member(call)
        page = address(call, "panel_reading")
        for sent, sentence in (
            ({"reading": "assigned"}, "Enter how many members read"),
            ({"reading": "assigned", "readers": "9"}, "Enter a number from 1 to 3"),
            ({"reading": "assigned", "readers": "two"}, "must be a whole number"),
        ):
            assert sentence in client.post(page, sent).content.decode()
        client.post(page, {"reading": "assigned", "readers": "2"})
        assert Assignment.objects.count() == 4
        client.post(page, {"reading": "all"})
        assert not Assignment.objects.exists()

    def test_a_conflict_is_settled(
        self, client: Client, call: Call, applications: list[Application]
    ) -> None:
        member = builders.panel_member(call, builders.person("Mo"))
        row = builders.interest(member, applications[0], Standing.TO_SETTLE)
        assert "Mo and A1 Ayton" in client.get(address(call, "interests")).content.decode()
        page = address(call, "interest", pk=row.pk)
        shown = client.post(page, {}).content.decode()
        assert "Select whether they are recused" in shown
        assert "Say why" in shown
        client.post(page, {"standing": "recused", "reason": "She chairs the board."})
        row.refresh_from_db()
        assert (row.standing, row.settled_because) == (Standing.RECUSED, "She chairs the board.")

    def test_the_panel_takes_the_same_queries_for_one_and_for_many(
        self,
        client: Client,
        call: Call,
        applications: list[Application],
        django_assert_num_queries: Counts,
    ) -> None:
        for _ in range(20):
            member = builders.panel_member(call)
            builders.interest(member, applications[0], Standing.TO_SETTLE)
        for name, count in (("panel", 9), ("interests", 5)):
            with django_assert_num_queries(count):
                client.get(address(call, name))
