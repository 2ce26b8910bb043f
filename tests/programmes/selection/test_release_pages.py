"""The pages of the release and of moving up."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import OutgoingMail, Person
from programmes.actions.application_states import change_state
from programmes.actions.letters import draft_letters
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Phase,
)
from tests import builders
from tests.programmes.selection.deciding import WHY, decide, decide_all, met
from tests.programmes.selection.releasing import (
    make_ready,
    read_all,
    release,
    settle_places,
)

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
