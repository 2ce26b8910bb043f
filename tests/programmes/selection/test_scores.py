"""Scoring: what can be saved, what submitted, and that nothing is lost or seen too early."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from programmes.actions.call_phases import change_switches
from programmes.actions.scores import Moved, Scored, save_note, save_scores
from programmes.models import (
    Application,
    ApplicationState,
    Call,
    PanelMember,
    Phase,
    PrivateNote,
    ScoreSheet,
    Standing,
)
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    return builders.call(phase=Phase.SCORING)


@pytest.fixture
def application(call: Call) -> Application:
    return builders.application(call, state=ApplicationState.ELIGIBLE)


@pytest.fixture
def member(call: Call, application: Application) -> PanelMember:
    member = builders.panel_member(call)
    builders.interest(member, application)
    return member


def save(member: PanelMember, application: Application, **values: Any) -> ScoreSheet:
    score = values.pop("value", 4)
    values = {"comment": "", "based_on": 0, "by": member.person} | values
    scores = {"c1": Scored(score, values.pop("words", ""))}
    return save_scores(member=member, application=application, scores=scores, **values)


def test_a_draft_may_be_incomplete_and_what_is_submitted_not(
    member: PanelMember, application: Application
) -> None:
    sheet = save(member, application, value=None, comment="To read again.")
    assert (sheet.number, sheet.submitted_at) == (1, None)
    with pytest.raises(ValidationError) as refusal:
        save(member, application, value=None, based_on=1, submit=True)
    assert refusal.value.message_dict == {"score_c1": ["Score “Beginnings”"]}
    sheet = save(member, application, value=5, based_on=1, submit=True)
    assert sheet.submitted_at
    assert [row.values for row in sheet.submissions.all()] == [{"c1": 5}]


@pytest.mark.parametrize("value", [0, 6, 99])
def test_a_score_off_the_scale_is_refused(
    member: PanelMember, application: Application, value: int
) -> None:
    with pytest.raises(ValidationError, match="whole number from 1 to 5"):
        save(member, application, value=value)


def test_what_was_submitted_can_be_changed_and_what_it_was_is_kept(
    member: PanelMember, application: Application
) -> None:
    save(member, application, value=2, submit=True)
    sheet = save(member, application, value=3, based_on=1)
    save(member, application, value=3, based_on=2, words="Better than I thought.")
    assert [row.values for row in sheet.submissions.all()] == [{"c1": 3}, {"c1": 2}]
    assert sheet.submitted_at


def test_two_windows_lose_nothing(member: PanelMember, application: Application) -> None:
    save(member, application, value=2)
    with pytest.raises(Moved) as moved:
        save(member, application, value=5)
    assert moved.value.sheet.scores.get().value == 2


def test_who_may_not_read_may_not_score(call: Call, application: Application) -> None:
    recused = builders.panel_member(call)
    builders.interest(recused, application, Standing.RECUSED)
    for member in (recused, builders.panel_member(call)):
        with pytest.raises(PermissionDenied):
            save(member, application)
        with pytest.raises(PermissionDenied):
            save_note(member=member, application=application, text="Hm.", by=member.person)


def test_nobody_scores_for_another(member: PanelMember, application: Application) -> None:
    with pytest.raises(PermissionDenied):
        save(member, application, by=builders.person())


def test_scoring_closes_by_the_switch(
    call: Call, member: PanelMember, application: Application
) -> None:
    phase = call.phases.get(phase=Phase.SCORING)
    change_switches(phase=phase, by=builders.staff(call.cohort.programme), members_score=False)
    with pytest.raises(ValidationError, match="Scoring is closed"):
        save(member, application)


def test_a_comment_that_is_too_long_says_by_how_much(
    member: PanelMember, application: Application
) -> None:
    with pytest.raises(ValidationError, match="This has 10,001 characters"):
        save(member, application, words="x" * 10_001)


def test_a_note_is_kept_changed_and_deleted(member: PanelMember, application: Application) -> None:
    for text in ("Ask about money.", "Ask about housing."):
        save_note(member=member, application=application, text=text, by=member.person)
        assert PrivateNote.objects.get().text == text
    save_note(member=member, application=application, text=" ", by=member.person)
    assert not PrivateNote.objects.exists()
