"""A selected place withdraws after the release, and a reserve moves up."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from accounts.models import AuditEvent, OutgoingMail, Person
from programmes.actions.application_states import change_state
from programmes.actions.release import move_up
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    MoveUp,
    Project,
)
from programmes.queries.release import freed_in
from tests import builders
from tests.programmes.selection.deciding import met, seat
from tests.programmes.selection.releasing import (
    address,
    make_ready,
    release,
    states,
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


def test_the_project_of_a_place_that_withdrew_stays_and_says_so(
    client: Client, ready: Call, staff: Person
) -> None:
    project = release(ready, staff).projects[0]
    client.force_login(staff)
    programme, cohort = project.programme.slug, project.cohort.number
    pages = [
        reverse("programmes:project", args=[programme, project.slug]),
        reverse("programmes:projects", args=[programme]),
        reverse("programmes:cohort", args=[programme, cohort]),
    ]
    words = ["Ashford withdrew on", ">Withdrawn</strong>", ">Withdrawn</strong>"]
    for page, said in zip(pages, words, strict=True):
        assert said not in client.get(page).content.decode()
    change_state(
        application=ready.applications.get(number=1),
        to=ApplicationState.WITHDRAWN,
        by=staff,
        reason="They wrote.",
    )
    for page, said in zip(pages, words, strict=True):
        assert said in client.get(page).content.decode()
