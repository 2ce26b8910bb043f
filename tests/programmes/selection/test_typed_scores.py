"""What a member of the panel types is not lost: by a closed browser, a closed phase, or a lost seat."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from programmes.actions.call_phases import change_switches
from programmes.actions.panels import remove_member
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    Interest,
    PanelMember,
    Phase,
    PrivateNote,
    Score,
    ScoreSheet,
    Standing,
    SubmittedScores,
)
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return builders.call(phase=Phase.SCORING)


@pytest.fixture
def application(call: Call) -> Application:
    return builders.application(call, "Ayton", ApplicationState.ELIGIBLE)


@pytest.fixture
def member(call: Call, application: Application, client: Client) -> PanelMember:
    """Who is signed in, and may read it."""
    someone = builders.grant(builders.person("Mo"), Role.PANEL_MEMBER, call.cohort.programme)
    client.force_login(someone)
    seat = builders.panel_member(call, someone)
    builders.interest(seat, application)
    return seat


def address(call: Call, name: str = "score", application: int = 1) -> str:
    cohort = call.cohort
    return reverse(f"programmes:{name}", args=[cohort.programme.slug, cohort.number, application])


def typed(**more: Any) -> dict[str, Any]:
    return {"based_on": "0", "score_c1": "4", "comment_c1": "Clear.", "comment": "Good."} | more


def html(response: Any) -> str:
    text: str = response.content.decode()
    return text


def close(call: Call) -> None:
    scoring = call.phases.get(phase=Phase.SCORING)
    by = builders.staff(call.cohort.programme)
    change_switches(phase=scoring, by=by, members_score=False)


@pytest.mark.parametrize("value", ["4", "6", "3.5", "nonsense"])
def test_what_the_page_sends_by_itself_is_there_again_and_is_no_score(
    client: Client, call: Call, member: PanelMember, value: str
) -> None:
    sent = typed(score_c1=value, comment="Half a sent")
    told = client.post(address(call, "score_autosave"), sent).json()
    assert (told["state"], told["number"]) == ("saved", 0)
    assert "Not submitted yet." in told["sentence"]
    page = html(client.get(address(call)))
    assert "what you had typed before you left" in page
    assert "Half a sent" in page
    assert not Score.objects.exists()
    assert not SubmittedScores.objects.exists()
    client.post(address(call), typed())
    assert ScoreSheet.objects.get().unsaved == {}
    assert "Half a sent" not in html(client.get(address(call)))


def test_what_is_submitted_stays_while_the_member_types_a_change(
    client: Client, call: Call, member: PanelMember
) -> None:
    client.post(address(call), typed(hand_in="yes"))
    sent = typed(based_on="1", score_c1="2", comment="")
    told = client.post(address(call, "score_autosave"), sent).json()
    assert "Save the changes to submit them." in told["sentence"]
    assert Score.objects.get().value == 4
    assert SubmittedScores.objects.count() == 1
    assert "Good." not in html(client.get(address(call)))  # they had deleted it


def test_nobody_else_sees_what_is_not_saved(
    client: Client, call: Call, application: Application, member: PanelMember
) -> None:
    client.post(address(call, "score_autosave"), typed(comment="Between us."))
    other = builders.grant(builders.person(), Role.PANEL_MEMBER, call.cohort.programme)
    seat = builders.panel_member(call, other)
    builders.interest(seat, application)
    client.force_login(other)
    assert "Between us." not in html(client.get(address(call)))
    client.post(address(call), typed(hand_in="yes"))
    assert "Between us." not in html(client.get(address(call)))


def test_scoring_that_closes_meanwhile_gives_the_words_back(
    client: Client, call: Call, member: PanelMember
) -> None:
    client.post(address(call), typed(comment="Saved before."))
    client.post(address(call, "score_autosave"), typed(based_on="1", comment="Kept by the page."))
    close(call)
    page = html(client.post(address(call), typed(based_on="1", comment="Too late.")))
    for shown in ("Scoring is closed.", "What you typed was not saved", "Too late.", "Clear."):
        assert shown in page
    assert "Kept by the page." in html(client.get(address(call)))
    assert ScoreSheet.objects.get().comment == "Saved before."
    told = client.post(address(call, "score_autosave"), typed(based_on="1"))
    assert (told.status_code, told.json()["state"]) == (422, "refused")
    assert "Scoring is closed" in told.json()["sentence"]


def test_who_is_removed_while_they_type_gets_their_words_back(
    client: Client, call: Call, member: PanelMember
) -> None:
    client.post(address(call), typed(hand_in="yes"), follow=True)
    staff = builders.staff(call.cohort.programme)
    remove_member(member=member, reason="Moved away.", by=staff)
    response = client.post(address(call), typed(based_on="1", comment="My last word."))
    page = html(response)
    assert response.status_code == 403
    assert "This application is closed to you" in page
    assert "My last word." in page
    assert "Ayton" not in page
    assert ScoreSheet.objects.get().comment == "Good."  # as submitted, for staff and evaluators
    assert client.post(address(call, "score_autosave"), typed()).status_code == 404
    assert client.post(address(call)).status_code == 404  # nothing typed, nothing to give back
    assert client.get(address(call)).status_code == 404


def test_who_is_recused_is_told_the_same_of_an_application_that_does_not_exist(
    client: Client, call: Call, member: PanelMember
) -> None:
    Interest.objects.update(standing=Standing.TO_SETTLE)
    pages = [client.post(address(call, application=number), typed()) for number in (1, 77)]
    assert {page.status_code for page in pages} == {403}
    first, second = (html(page).split("<main")[1] for page in pages)
    assert first == second
    client.force_login(builders.evaluator(call.cohort.programme))
    assert client.post(address(call), typed()).status_code == 404


def test_what_was_kept_before_another_window_saved_is_not_saved_over_it_in_silence(
    client: Client, call: Call, member: PanelMember
) -> None:
    client.post(address(call), typed(comment="Saved in window B."))
    client.post(address(call, "score_autosave"), typed(comment="Typed in window A."))
    page = client.get(address(call))
    assert "Typed in window A." in html(page)
    sent = {name: page.context["form"][name].value() for name in ("based_on", "comment")}
    response = client.post(address(call), typed(**sent))
    assert response.status_code == 409
    assert "You saved these scores in another window." in html(response)
    assert ScoreSheet.objects.get().comment == "Saved in window B."


def test_a_note_that_cannot_be_saved_is_given_back(
    client: Client, call: Call, member: PanelMember
) -> None:
    remove_member(member=member, reason="Moved away.", by=builders.staff(call.cohort.programme))
    response = client.post(address(call, "note"), {"text": "Ask about money."})
    assert response.status_code == 403
    assert "Ask about money." in html(response)
    assert not PrivateNote.objects.exists()


def test_more_than_a_page_can_hold_is_not_kept(
    client: Client, call: Call, member: PanelMember
) -> None:
    told = client.post(address(call, "score_autosave"), typed(comment="x" * 500_001))
    assert told.status_code == 422
    assert "too long" in told.json()["sentence"]
