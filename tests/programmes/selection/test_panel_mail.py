"""What members of a panel are told by e-mail, and what staff are told of it before."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import OutgoingMail, Person
from accounts.roles import Role
from programmes.actions.call_phases import change_phase, change_switches
from programmes.actions.panels import add_member, remove_member
from programmes.models import ApplicationState, Call, Interest, PanelMember, Phase, Standing
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    call = builders.call(phase=Phase.ELIGIBILITY, title="Local Vision")
    builders.application(call, "Wakefield", ApplicationState.ELIGIBLE)
    return call


@pytest.fixture
def staff(call: Call, client: Client) -> Person:
    """Who is signed in."""
    someone = builders.staff(call.cohort.programme, name="Sam Staff")
    client.force_login(someone)
    return someone


def seat(call: Call, name: str) -> PanelMember:
    someone = builders.person(name, email=f"{name.lower()}@example.org")
    builders.grant(someone, Role.PANEL_MEMBER, call.cohort.programme)
    return builders.panel_member(call, someone)


def to(call: Call, *phases: Phase, by: Person, due_on: date | None = None) -> None:
    for phase in phases:
        change_phase(
            call=call, to=phase, by=by, reason="So.", due_on=due_on, address="https://pw/{}".format
        )


def told() -> list[tuple[str, str]]:
    return [(mail.to, mail.subject) for mail in OutgoingMail.objects.order_by("pk")]


class TestPhases:
    def test_each_is_told_what_opens(self, call: Call, staff: Person) -> None:
        seat(call, "Ada")
        to(call, Phase.CONFLICTS, Phase.SCORING, Phase.MEETING, by=staff)
        assert told() == [
            ("ada@example.org", "Local Vision: please declare your conflicts of interest"),
            ("ada@example.org", "Local Vision: the applications are open to you"),
            ("ada@example.org", "Local Vision: the board is open"),
        ]
        first, second, third = OutgoingMail.objects.order_by("pk")
        assert "https://pw/programmes:declaration" in first.text
        assert "https://pw/programmes:reading" in second.text
        assert "https://pw/programmes:board" in third.text

    def test_once_for_each_phase_and_those_alone_who_sit_there(
        self, call: Call, staff: Person
    ) -> None:
        seat(call, "Ada")
        remove_member(member=seat(call, "Bruno"), reason="Ill.", by=staff)
        to(call, Phase.CONFLICTS, Phase.SCORING, Phase.CONFLICTS, by=staff)
        seat(call, "Clara")
        to(call, Phase.SCORING, by=staff)
        assert [who for who, _ in told()] == ["ada@example.org"] * 2 + ["clara@example.org"]

    def test_by_when(self, call: Call, staff: Person) -> None:
        seat(call, "Ada")
        due_on = timezone.localdate() + timedelta(days=14)
        to(call, Phase.CONFLICTS, by=staff, due_on=due_on)
        assert f"by {due_on.day} {due_on:%B %Y}." in OutgoingMail.objects.get().text
        assert call.phases.get(phase=Phase.CONFLICTS).due_on == due_on

    def test_not_by_a_day_that_is_over(self, call: Call, staff: Person) -> None:
        with pytest.raises(ValidationError, match="a later day"):
            to(call, Phase.CONFLICTS, by=staff, due_on=date(2020, 1, 1))
        assert Call.objects.get().phase == Phase.ELIGIBILITY

    def test_nobody_is_told_of_what_does_not_open(self, call: Call, staff: Person) -> None:
        seat(call, "Ada")
        phase = call.phases.get(phase=Phase.CONFLICTS)
        change_switches(phase=phase, by=staff, members_declare=False)
        to(call, Phase.CONFLICTS, by=staff)
        assert told() == []

    def test_staff_see_who_will_be_told(self, client: Client, call: Call, staff: Person) -> None:
        seat(call, "Ada")
        seat(call, "Bruno")
        where = [call.cohort.programme.slug, call.cohort.number]
        address = reverse("programmes:call_phase_change", args=[*where, "conflicts"])
        page = client.get(address).content.decode()
        assert (
            "2 members of the panel are told by e-mail what to do, with a link: Ada, Bruno." in page
        )
        client.post(address, {"due_on": "1 May 2020"})
        assert told() == []
        client.post(address, {"due_on": "1 May 2090"})
        assert len(told()) == 2
        link = f"http://testserver{reverse('programmes:declaration', args=where)}"
        assert link in OutgoingMail.objects.latest("pk").text


class TestJoining:
    def test_before_there_is_anything_to_do(self, call: Call, staff: Person) -> None:
        add(call, staff)
        assert "nothing to do yet" in OutgoingMail.objects.get().text

    def test_while_the_panel_declares(self, call: Call, staff: Person) -> None:
        to(call, Phase.CONFLICTS, by=staff)
        add(call, staff)
        text = OutgoingMail.objects.get().text
        assert text.startswith("Dear Dora,\n\nYou chair the panel of “Local Vision”.")
        assert "https://pw/programmes:declaration" in text


def add(call: Call, by: Person) -> None:
    someone = builders.grant(builders.person("Dora"), Role.PANEL_MEMBER, call.cohort.programme)
    add_member(
        call=call,
        person=someone,
        organisation="",
        is_chair=True,
        by=by,
        address="https://pw/{}".format,
    )


class TestSettling:
    @pytest.mark.parametrize(
        ("standing", "said"),
        [(Standing.RECUSED, "you are recused"), (Standing.CLEAR, "no conflict of interest")],
    )
    def test_the_member_is_told_how_and_not_why(
        self, client: Client, call: Call, staff: Person, standing: Standing, said: str
    ) -> None:
        interest = waiting(call)
        client.post(settlement(call, interest), {"standing": standing, "reason": "A secret."})
        mail = OutgoingMail.objects.get()
        assert mail.to == "ada@example.org"
        assert said in mail.text
        assert "Wakefield" in mail.text
        assert "A secret." not in mail.text

    def test_who_left_is_not_told(self, client: Client, call: Call, staff: Person) -> None:
        interest = waiting(call)
        remove_member(member=interest.member, reason="Ill.", by=staff)
        client.post(settlement(call, interest), {"standing": "recused", "reason": "Too close."})
        assert Interest.objects.get().standing == Standing.RECUSED
        assert told() == []


def waiting(call: Call) -> Interest:
    return builders.interest(seat(call, "Ada"), call.applications.get(), Standing.TO_SETTLE)


def settlement(call: Call, interest: Interest) -> str:
    where = [call.cohort.programme.slug, call.cohort.number, interest.pk]
    return reverse("programmes:interest", args=where)
