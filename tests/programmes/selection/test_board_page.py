"""The board as a page and as a file."""

import csv
import io
import re

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import Person
from accounts.roles import Role
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    PanelMember,
    Phase,
    ScoresOfOthers,
    Standing,
)
from tests import builders
from tests.programmes.selection.deciding import met
from tests.programmes.selection.scoring import submit

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    """Four applications for two places; Ada and Bruno have scored the first three."""
    call = builders.call(phase=Phase.MEETING)
    applications = [
        builders.application(call, name, ApplicationState.ELIGIBLE)
        for name in ("Ashford", "Birchley", "Clayton", "Dale")
    ]
    for name, scores in (("Ada", (3, 5, 1)), ("Bruno", (3, 4, 2))):
        member = seat(call, name)
        for application in applications:
            builders.interest(member, application)
        for application, score in zip(applications, scores, strict=False):
            submit(member, application, score)
    return call


def seat(call: Call, name: str) -> PanelMember:
    someone = builders.grant(builders.person(name), Role.PANEL_MEMBER, call.cohort.programme)
    return builders.panel_member(call, someone)


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme)


def get(person: Person, call: Call, query: str = "", status: int = 200) -> str:
    client = Client()
    client.force_login(person)
    where = {"slug": call.cohort.programme.slug, "number": call.cohort.number}
    response = client.get(reverse("programmes:board", kwargs=where) + query)
    assert response.status_code == status
    return response.content.decode("utf-8-sig")


def order(page: str) -> list[str]:
    return re.findall(r"\bA\d (\w+)</a>", page)


def test_it_says_how_ranks_were_made_and_draws_the_line(call: Call, staff: Person) -> None:
    page = get(staff, call)
    assert "2,000 draws from its residuals, with the seed 2013" in page
    assert "The line is after 2 places" in page
    assert order(page) == ["Birchley", "Ashford", "Clayton", "Dale"]
    assert page.index("Ashford</a>") < page.index("The line: 2 places above")
    assert page.index("The line: 2 places above") < page.index("Clayton</a>")
    assert "Not every application has scores yet" in page
    assert "2 of 2" in page
    assert 'aria-label="Between ' in page


def test_it_says_in_words_how_many_are_in_the_band() -> None:
    call = met()  # the second and third are in the band
    staff = builders.staff(call.cohort.programme)
    assert "2 applications are in the band around it" in get(staff, call)
    Call.objects.filter(pk=call.pk).update(places_offered=1)
    assert "No application is in the band around it" in get(staff, call)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("name", ["Ashford", "Birchley", "Clayton", "Dale"]),
        ("-name", ["Dale", "Clayton", "Birchley", "Ashford"]),
        ("raw", ["Clayton", "Ashford", "Birchley", "Dale"]),
        ("-c1", ["Birchley", "Ashford", "Clayton", "Dale"]),
        ("nothing", ["Birchley", "Ashford", "Clayton", "Dale"]),
    ],
)
def test_it_is_sorted_by_any_column_and_what_is_not_scored_stays_last(
    call: Call, staff: Person, sort: str, expected: list[str]
) -> None:
    page = get(staff, call, f"?sort={sort}")
    assert order(page) == expected
    assert ("The line: 2 places above" in page) == (sort == "nothing")


def test_the_file_holds_the_same(call: Call, staff: Person) -> None:
    builders.application(call, "=1+1", ApplicationState.ELIGIBLE)
    rows = list(csv.DictReader(io.StringIO(get(staff, call, "?download=csv"))))
    assert [row["Number"] for row in rows] == ["A2", "A1", "A3", "A4", "A5"]
    assert rows[0]["Raw mean"] == "4.5"
    assert rows[0]["Beginnings"] == "4.5"
    assert rows[3]["Rank"] == ""
    assert rows[4]["Application"] == "'=1+1"


def test_members_see_it_when_the_phase_opens_it_and_their_own_scores_are_in(call: Call) -> None:
    ada = call.members.first()
    assert ada
    page = get(ada.person, call)
    assert "once all your own scores are in" in page
    assert "A4 Dale" in page
    assert "Birchley" not in page
    submit(ada, Application.objects.get(place_name="Dale"), 3)
    assert "Birchley" in get(ada.person, call)
    call.phase = Phase.SCORING
    call.save()
    get(ada.person, call, status=403)


@pytest.mark.parametrize(
    ("others", "seen"), [(ScoresOfOthers.ALWAYS, True), (ScoresOfOthers.NEVER, False)]
)
def test_the_switch_says_whether_scores_of_others_are_seen(
    call: Call, others: ScoresOfOthers, seen: bool
) -> None:
    call.phases.filter(phase=Phase.MEETING).update(scores_of_others=others)
    ada = call.members.first()
    assert ada
    page = get(ada.person, call)
    assert ("Birchley" in page) == seen
    assert ("members do not see each other" in page) == (not seen)


def test_staff_on_the_panel_score_first_too(call: Call, staff: Person) -> None:
    member = builders.panel_member(call, staff)
    for application in call.applications.all():
        builders.interest(member, application)
    assert "once all your own scores are in" in get(staff, call)


def test_only_staff_are_told_how_lenient_members_are(call: Call, staff: Person) -> None:
    call.phases.update(scores_of_others=ScoresOfOthers.ALWAYS)
    ada = call.members.first()
    assert ada
    assert "How lenient each member is" in get(staff, call)
    assert "How lenient" not in get(ada.person, call)


def test_whoever_is_recused_is_told_so_and_sees_no_line(call: Call, staff: Person) -> None:
    carla = seat(call, "Carla")
    call.phases.update(scores_of_others=ScoresOfOthers.ALWAYS)
    for application in call.applications.all():
        kept = Standing.RECUSED if application.place_name == "Birchley" else Standing.CLEAR
        builders.interest(carla, application, kept)
    page = get(carla.person, call)
    assert "You are recused from at least one application" in page
    assert order(page) == ["Ashford", "Clayton", "Dale"]
    for word in (
        "Birchley",
        "The line is",
        "The line:",
        "Above the line",
        "In the band",
        "Decision",
    ):
        assert word not in page


def test_without_applications_it_says_so(staff: Person) -> None:
    empty = builders.call(phase=Phase.MEETING)
    builders.grant(staff, Role.STAFF, empty.cohort.programme)
    assert "There is no application here that you may see" in get(staff, empty)


def test_place_names_are_not_markup(call: Call, staff: Person) -> None:
    builders.application(call, "<b>Bold</b>", ApplicationState.ELIGIBLE)
    page = get(staff, call)
    assert "&lt;b&gt;Bold" in page
    assert "<b>" not in page
