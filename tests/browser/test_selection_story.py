"""A whole selection through its pages: from the call to the projects, with everyone who takes part."""

from contextlib import ExitStack
from datetime import timedelta
from itertools import zip_longest

import pytest
from django.utils import timezone
from playwright.sync_api import Browser
from pytest_django.live_server_helper import LiveServer

from accounts.models import OutgoingMail, Person
from accounts.roles import Role
from programmes.actions.shipping import ship_lenses
from programmes.models import Answer, Application, Call, Project
from tests import builders
from tests.browser import selection_steps as steps
from tests.browser.somebody import Somebody, somebody

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


# Scores of the five criteria by each of them; the last is recused from Wakefield.
WAKEFIELD = [[4, 3, 3, 3, 3], [2, 3, 4, 4, 3], [4, 4, 3, 3, 3], [3, 3, 3, 3, 3]]
BURY = [[3, 4, 3, 2, 3], [4, 3, 3, 4, 3], [3, 3, 3, 4, 3], [4, 4, 3, 2, 3], [3, 3, 3, 3, 3]]


class Story:
    """Who takes part, each at a browser of their own, and what they do one after the other."""

    def __init__(self, browser: Browser, server: str, everyone: ExitStack) -> None:
        self.browser, self.server, self.everyone = browser, server, everyone
        ship_lenses()
        self.programme = builders.programme("Local Vision", slug="local-vision")
        builders.cohort(self.programme)
        self.staff = self.arrives(builders.staff(self.programme, name="Stella Staff"))
        self.ada, self.ben, self.lena, self.wim = (self.arrives() for _ in range(4))

    def arrives(self, person: Person | None = None) -> Somebody:
        return self.everyone.enter_context(somebody(self.browser, self.server, person))

    def a_call_opens(self) -> None:
        steps.prepare_call(self.staff, "Local Vision")
        steps.open_call(self.staff)

    def two_write_at_once(self) -> None:
        address = steps.start(self.ada, "Ada Asker", "Wakefield")
        steps.answer_all(self.ada)
        self.ada.check()
        steps.invite(self.ada, "Ben Both", "ben@hospital.example")
        steps.accept(self.ben, "ben@hospital.example")
        steps.write_at_once(self.ada, self.ben, address)
        self.ada.page.goto(address)
        steps.find_sponsor(self.ada, self.browser)
        steps.submit(self.ada, address)

    def one_withdraws(self) -> None:
        steps.withdraw(self.wim, steps.start(self.wim, "Wim Withdraws", "Wigan"))

    def one_is_late(self) -> None:
        address = steps.start(self.lena, "Lena Late", "Bury")
        self._writes_the_same(Application.objects.get(place_name="Bury"))
        Call.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
        self.lena.page.goto(address)
        self.lena.reads("The time is over")
        steps.give_more_time(self.staff, "Bury")
        steps.submit(self.lena, address)

    def _writes_the_same(self, application: Application) -> None:
        """As Wakefield did, without its pages once more."""
        for answer in Answer.objects.filter(application__place_name="Wakefield"):
            Answer.objects.create(
                application=application, key=answer.key, number=1, value=answer.value
            )

    def staff_check(self) -> None:
        steps.change_phase(self.staff, "Check eligibility")
        for place in ("Bury", "Wakefield"):
            steps.find_eligible(self.staff, place)

    def five_declare(self) -> None:
        people = [
            builders.person(name, email=f"{name.split()[0]}@panel.example".lower())
            for name in ("Cleo Chair", "Mo Member", "Nia Member", "Omar Member")
        ]
        people.append(builders.person("Rita Recused", email="rita@wakefield.example"))
        for person in people:
            builders.grant(person, Role.PANEL_MEMBER, self.programme)
        steps.compose_panel(self.staff, people)
        steps.change_phase(self.staff, "Ask the panel for conflicts")
        self.members = [self.arrives(person) for person in people]
        self.chair, *_, self.rita = self.members
        for member, person in zip(self.members, people, strict=True):
            steps.declare(member, person.email, "Wakefield" if member is self.rita else "")
        steps.recuse(self.staff, people[-1], "Wakefield")

    def five_score(self) -> None:
        steps.change_phase(self.staff, "Open the applications to the panel")
        for member, bury, wakefield in zip_longest(self.members, BURY, WAKEFIELD):
            steps.score(member, {"Bury": bury} | ({"Wakefield": wakefield} if wakefield else {}))

    def the_board_decides(self) -> None:
        steps.change_phase(self.staff, "Begin the panel meeting")
        steps.look_at_board(self.rita)
        self.rita.reads("You are recused from at least one application")
        self.rita.reads_nothing_of("Wakefield")
        steps.decide(self.chair)
        assert steps.download_minutes(self.staff).startswith(b"%PDF")

    def letters_go(self) -> None:
        steps.write_letters(self.staff)
        steps.release(self.staff)
        letters = OutgoingMail.objects.order_by("-pk")[:3].values_list("to", "subject")
        assert sorted(letters) == [
            ("ada@wakefield.example", "Good news for Wakefield"),
            ("ben@hospital.example", "Good news for Wakefield"),
            ("lena@bury.example", f"Bury is on the reserve list: {steps.TITLE}"),
        ]

    def all_read_what_came_of_it(self) -> None:
        steps.look_at_project(self.staff, "Wakefield")
        assert Project.objects.get().focus == "Cold homes. Children who cannot breathe."
        steps.read_outcome(self.ada, "Wakefield")
        self.ada.reads("A 4 for Wakefield.")
        self.ada.reads("1 member of the panel was recused from your application")
        steps.read_outcome(self.lena, "Bury")
        self.lena.reads("On the reserve list")
        self.lena.reads("No member of the panel was recused")
        steps.read_outcome(self.wim, "Wigan")
        self.wim.reads("Withdrawn")

    def a_reserve_moves_up(self) -> None:
        steps.withdraw(self.ada, self.server + Application.objects.get(number=1).get_absolute_url())
        steps.move_up(self.staff, "Local Vision")
        places = Project.objects.order_by("pk").values_list("place__name", flat=True)
        assert list(places) == ["Wakefield", "Bury"]
        steps.read_outcome(self.lena, "Bury")
        self.lena.reads("Bury is selected")


def test_from_the_call_to_the_projects(browser: Browser, live_server: LiveServer) -> None:
    with ExitStack() as everyone:
        story = Story(browser, live_server.url, everyone)
        story.a_call_opens()
        story.two_write_at_once()
        story.one_withdraws()
        story.one_is_late()
        story.staff_check()
        story.five_declare()
        story.five_score()
        story.the_board_decides()
        story.letters_go()
        story.all_read_what_came_of_it()
        story.a_reserve_moves_up()
