"""Decisions as they are prepared: what is refused, what two people lose, and who sees nothing of them."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent, Person
from programmes.actions.call_phases import change_switches
from programmes.actions.decisions import SAY_WHY
from programmes.actions.lots import draw_lot
from programmes.forms.decision import DecisionsForm
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Decision,
    DecisionChange,
    Phase,
    Standing,
)
from programmes.queries.board import Line
from programmes.queries.decisions import Case
from programmes.queries.events import events_of
from programmes.ranking import Ranked
from tests import builders
from tests.programmes.selection.deciding import WHY, decide, met
from tests.programmes.selection.scoring import grow

pytestmark = pytest.mark.django_db

Query = Callable[[int], object]


@pytest.fixture
def call() -> Call:
    return met()


@pytest.fixture
def applications(call: Call) -> list[Application]:
    return list(call.applications.order_by("number"))


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme, name="Sam Staff")


@pytest.fixture
def chair(call: Call) -> Person:
    return call.members.get(is_chair=True).person


def decided(call: Call) -> dict[str, str]:
    rows = Decision.objects.filter(application__call=call).select_related("application")
    return {row.application.reference: row.outcome for row in rows}


def faults(call: Call, by: Person, based_on: int = 0, **verdicts: tuple[Any, ...]) -> object:
    with pytest.raises(ValidationError) as refusal:
        decide(call, by, based_on, **verdicts)
    return refusal.value.message_dict


class TestPreparing:
    def test_staff_and_the_chair_decide_change_and_take_back(
        self, call: Call, staff: Person, chair: Person
    ) -> None:
        decide(call, chair, a1=("select",), a4=("decline",))
        decide(call, staff, 1, a1=("reserve", 1, WHY), a4=("",))
        assert decided(call) == {"A1": "reserve"}
        row = Decision.objects.get()
        assert (row.reserve_order, row.reason, row.prepared_by_name) == (1, WHY, "Sam Staff")
        history = DecisionChange.objects.filter(application__number=4)
        assert [(each.number, each.outcome) for each in history] == [(2, ""), (1, "decline")]

    def test_the_trail_tells_what_was_decided_and_not_why(self, call: Call, staff: Person) -> None:
        decide(call, staff, a1=("reserve", 2, WHY))
        decide(call, staff, 1, a1=("",))
        told = AuditEvent.objects.filter(kind__startswith="decision.").order_by("pk")
        assert [event.changes for event in told] == [
            {"outcome": ["", "Reserve 2"]},
            {"outcome": ["Reserve 2", ""]},
        ]

    def test_in_the_band_a_reason_is_asked(self, call: Call, staff: Person) -> None:
        assert faults(call, staff, a1=("select",), a2=("select",), a3=("decline", None, " ")) == {
            "reason_2": [SAY_WHY],
            "reason_3": [SAY_WHY],
        }
        assert decided(call) == {}
        decide(call, staff, a1=("select",), a2=("select", None, WHY))
        assert decided(call) == {"A1": "select", "A2": "select"}

    def test_a_lot_is_a_reason_if_it_is_followed(
        self, call: Call, staff: Person, applications: list[Application]
    ) -> None:
        lot = draw_lot(call=call, between=applications[1:3], reason="Tied.", by=staff, seed="1")
        first, second = (f"a{reference[1:]}" for reference in lot.drawn)
        wrong = {second: ("select", None, "", lot.pk), first: ("decline", None, "", lot.pk)}
        assert list(faults(call, staff, **wrong)) == [f"lot_{second[1:]}"]  # type: ignore[call-overload]
        decide(call, staff, **{first: wrong[second], second: wrong[first]})
        assert faults(call, staff, a1=("select", None, "", lot.pk)) == {
            "lot_1": ["Select a lot that this application was in, and that stands"]
        }

    def test_reserves_have_an_order_of_their_own(self, call: Call, staff: Person) -> None:
        assert faults(call, staff, a1=("reserve",)) == {
            "order_1": ["Enter the place on the reserve list, like 1"]
        }
        decide(call, staff, a1=("reserve", 1))
        assert faults(call, staff, a4=("reserve", 1)) == {
            "order_4": ["A1 has this place on the reserve list"]
        }
        decide(call, staff, 1, a1=("reserve", 2))
        decide(call, staff, a4=("reserve", 1))

    def test_a_reason_alone_or_one_too_long_is_refused(self, call: Call, staff: Person) -> None:
        assert list(faults(call, staff, a1=("", None, WHY))) == ["outcome_1"]  # type: ignore[call-overload]
        assert "5,001 characters" in str(faults(call, staff, a1=("select", None, "x" * 5_001)))

    def test_an_application_that_has_gone_is_refused(
        self, call: Call, staff: Person, applications: list[Application]
    ) -> None:
        Application.objects.filter(number=4).update(state=ApplicationState.WITHDRAWN)
        with pytest.raises(ValidationError, match="A4 is no longer with the panel"):
            decide(call, staff, a4=("decline",))


class TestTwoPeople:
    def test_whoever_decides_otherwise_is_told(
        self, call: Call, staff: Person, chair: Person
    ) -> None:
        decide(call, staff, a1=("select",))
        assert "Sam Staff has decided “Select” meanwhile" in str(
            faults(call, chair, a1=("decline",), a4=("decline",))
        )
        assert decided(call) == {"A1": "select"}
        decide(call, staff, 1, a1=("",))
        assert "taken the decision back" in str(faults(call, chair, 1, a1=("decline",)))

    def test_what_one_has_not_touched_stays_as_the_other_decided(
        self, call: Call, staff: Person, chair: Person
    ) -> None:
        decide(call, staff, a1=("select",))
        decide(call, chair, a1=("",), a4=("decline",))
        assert decided(call) == {"A1": "select", "A4": "decline"}

    def test_both_deciding_the_same_is_no_conflict(
        self, call: Call, staff: Person, chair: Person
    ) -> None:
        decide(call, staff, a1=("select",))
        decide(call, chair, a1=("select",))
        assert DecisionChange.objects.count() == 1


class TestWho:
    def test_only_while_the_phase_says_so(self, call: Call, staff: Person, chair: Person) -> None:
        change_switches(
            phase=call.phases.get(phase=Phase.MEETING), by=staff, decisions_are_prepared=False
        )
        with pytest.raises(ValidationError, match="not prepared in this phase"):
            decide(call, staff, a1=("select",))
        with pytest.raises(PermissionDenied):
            decide(call, chair, a1=("select",))

    def test_not_after_the_release_whatever_the_switches_say(
        self, call: Call, staff: Person
    ) -> None:
        call.phases.filter(phase=Phase.RELEASED).update(decisions_are_prepared=True)
        Call.objects.update(phase=Phase.RELEASED)
        with pytest.raises(ValidationError, match="What was decided stays"):
            decide(call, staff, a1=("select",))

    def test_members_who_do_not_chair_and_outsiders_do_not(self, call: Call) -> None:
        member = call.members.filter(is_chair=False).first()
        assert member
        for someone in (member.person, builders.person()):
            with pytest.raises(PermissionDenied):
                decide(call, someone, a1=("select",))

    @pytest.mark.parametrize("standing", [Standing.RECUSED, Standing.TO_SETTLE])
    def test_whoever_is_recused_from_one_decides_on_none(
        self, call: Call, staff: Person, applications: list[Application], standing: Standing
    ) -> None:
        decide(call, staff, a1=("select",))
        builders.interest(builders.panel_member(call, staff), applications[3], standing)
        with pytest.raises(PermissionDenied):
            decide(call, staff, 1, a1=("decline",))
        kinds = events_of(call.cohort.programme, staff).values_list("kind", flat=True)
        assert not [kind for kind in kinds if kind.startswith("decision.")]


class TestPage:
    def address(self, call: Call) -> str:
        return reverse(
            "programmes:decisions", args=[call.cohort.programme.slug, call.cohort.number]
        )

    def get(self, client: Client, call: Call, person: Person, status: int = 200) -> str:
        client.force_login(person)
        response = client.get(self.address(call))
        assert response.status_code == status
        return response.content.decode().partition("<main")[2]

    def test_what_is_typed_is_saved_and_counted(
        self, client: Client, call: Call, chair: Person
    ) -> None:
        assert "In the band" in self.get(client, call, chair)
        sent = {"based_on_1": "0", "outcome_1": "select", "reason_1": "Clear."}
        assert client.post(self.address(call), sent).status_code == 302
        page = self.get(client, call, chair)
        assert "<strong>1</strong> selected, of 2 places" in page
        assert "<strong>3</strong> not decided" in page
        assert "Clear." in page

    def test_refusals_keep_what_was_typed(self, client: Client, call: Call, staff: Person) -> None:
        client.force_login(staff)
        sent = {
            "based_on_1": "0",
            "outcome_1": "reserve",
            "order_1": "first",
            "based_on_2": "0",
            "outcome_2": "select",
            "based_on_4": "0",
            "outcome_4": "decline",
            "reason_4": "Too early.",
        }
        page = client.post(self.address(call), sent).content.decode()
        assert "must be a whole number from 1 to 999" in page
        assert 'value="first"' in page
        assert "Too early." in page
        page = client.post(self.address(call), sent | {"order_1": "1"}).content.decode()
        assert f"A2: {SAY_WHY}" in page
        assert decided(call) == {}

    def test_a_second_save_stands_and_others_are_shown_as_they_are(
        self, client: Client, call: Call, staff: Person, chair: Person
    ) -> None:
        client.force_login(staff)
        decide(call, chair, a1=("select",), a4=("decline",))
        sent = {
            "based_on_1": "0",
            "outcome_1": "decline",
            "reason_1": "Late.",
            "based_on_4": "0",
            "outcome_4": "",
            "reason_4": "",
        }
        page = client.post(self.address(call), sent).content.decode()
        assert "has decided “Select” meanwhile" in page
        assert 'name="based_on_1" value="1"' in page
        assert '<option value="decline" selected>' in page
        again = sent | {"based_on_1": "1", "based_on_4": "1", "outcome_4": "decline"}
        assert client.post(self.address(call), again).status_code == 302
        assert decided(call) == {"A1": "decline", "A4": "decline"}

    def test_nothing_sent_is_nothing_changed(
        self, client: Client, call: Call, staff: Person
    ) -> None:
        client.force_login(staff)
        response = client.post(self.address(call), {"based_on_1": "0"}, follow=True)
        assert "Nothing was changed" in response.content.decode()

    def test_whoever_is_recused_sees_no_decision_and_no_count(
        self, client: Client, call: Call, staff: Person, applications: list[Application]
    ) -> None:
        builders.interest(builders.panel_member(call, staff), applications[3], Standing.RECUSED)
        before = self.get(client, call, staff, 403)
        decide(call, builders.staff(call.cohort.programme), a1=("select",), a4=("decline",))
        assert self.get(client, call, staff, 403) == before
        assert "closed to you" in before

    def test_while_decisions_are_not_prepared_staff_read_what_was(
        self, client: Client, call: Call, staff: Person
    ) -> None:
        decide(call, staff, a2=("reserve", 1, WHY))
        Call.objects.update(phase=Phase.SCORING)
        page = self.get(client, call, staff)
        assert "not prepared in this phase" in page
        assert "Reserve 1" in page
        assert "<select" not in page

    def test_a_chair_scores_before_deciding(
        self, client: Client, call: Call, chair: Person
    ) -> None:
        late = builders.application(call, "Elm", ApplicationState.ELIGIBLE)
        builders.interest(call.members.get(person=chair), late)
        assert "once all your own scores are in" in self.get(client, call, chair)

    def test_the_number_of_queries_is_the_same_for_4_and_for_100(
        self, client: Client, call: Call, staff: Person, django_assert_num_queries: Query
    ) -> None:
        self.get(client, call, staff)
        with CaptureQueriesContext(connection) as few:
            self.get(client, call, staff)
        grow(call, 100)
        with django_assert_num_queries(len(few)):  # type: ignore[attr-defined]
            self.get(client, call, staff)


NUMBERS = st.text(max_size=12) | st.integers().map(str)


@given(
    outcome=st.sampled_from(["select", "reserve", "decline", ""]) | st.text(max_size=5),
    order=NUMBERS,
    reason=st.text(max_size=50),
    lot=NUMBERS,
    based_on=NUMBERS,
)
def test_whatever_is_typed_is_wanted_or_refused_beside_its_field(
    outcome: str, order: str, reason: str, lot: str, based_on: str
) -> None:
    sent = {"outcome": outcome, "order": order, "reason": reason, "lot": lot, "based_on": based_on}
    line = Line(Application(number=1), Ranked(1), (), 0, 0, None, (), None)
    form = DecisionsForm(
        {1: Case(line, {})}, [], {f"{name}_1": value for name, value in sent.items()}
    )
    wanted = form.wanted()
    assert (wanted is None) == bool(form.summary())
    assert wanted is None or 1 <= (wanted[1].verdict.order or 1) <= 999
