"""The invented selection that tests, measurements and demonstrations use."""

import pytest
from django.core.management import CommandError, call_command

from accounts.roles import Role
from programmes.actions.rehearsal import Size, rehearse_selection
from programmes.models import (
    Application,
    ApplicationState,
    Interest,
    Phase,
    Programme,
    Score,
    ScoreSheet,
    Standing,
    SubmittedScores,
)
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return builders.programme()


def rehearsed(programme: Programme, **size: int):  # type: ignore[no-untyped-def]
    return rehearse_selection(programme=programme, by=builders.staff(programme), size=Size(**size))


def test_it_goes_from_the_announcement_to_the_meeting(programme: Programme) -> None:
    call = rehearsed(programme, applications=4, members=3)
    assert [change.new for change in call.phase_changes.order_by("pk")] == [
        "applications",
        "eligibility",
        "conflicts",
        "scoring",
        "meeting",
    ]
    assert call.phase == Phase.MEETING
    assert Application.objects.filter(state=ApplicationState.ELIGIBLE).count() == 4
    assert all("(invented)" in row.place_name for row in Application.objects.all())
    assert Interest.objects.count() == 12


def test_whoever_is_recused_has_not_scored(programme: Programme) -> None:
    rehearsed(programme, applications=20)
    recused = Interest.objects.filter(standing=Standing.RECUSED)
    assert recused.exists()
    assert ScoreSheet.objects.count() == 120 - recused.count()
    for interest in recused:
        assert not ScoreSheet.objects.filter(
            member=interest.member, application=interest.application
        ).exists()


def test_who_sits_on_it_too_is_recused_from_where_they_work(programme: Programme) -> None:
    guest = builders.grant(builders.person(), Role.PANEL_MEMBER, programme)
    by = builders.staff(programme)
    size = Size(applications=3, members=1)
    call = rehearse_selection(programme=programme, by=by, size=size, also=[guest])
    own = Interest.objects.get(member__person=guest, application__number=2)
    assert own.standing == Standing.RECUSED
    assert call.members.get(person=guest).organisation == f"Council of {own.application.place_name}"


def test_scores_and_what_was_submitted_agree(programme: Programme) -> None:
    rehearsed(programme, applications=3, members=2, criteria=4)
    for submitted in SubmittedScores.objects.all():
        scores = Score.objects.filter(sheet=submitted.sheet)
        assert submitted.values == {score.criterion.key: score.value for score in scores}
        assert len(submitted.values) == 4


def test_with_readers_each_application_has_so_many(programme: Programme) -> None:
    call = rehearsed(programme, applications=10, readers=3)
    assert {row.assignments.count() for row in call.applications.all()} == {3}
    assert ScoreSheet.objects.count() == 30


def test_the_same_seed_gives_the_same_scores() -> None:
    def values() -> list[dict[str, int]]:
        call = rehearsed(builders.programme(), applications=5)
        rows = SubmittedScores.objects.filter(sheet__application__call=call)
        return [row.values for row in rows.order_by("sheet__application__number", "sheet__member")]

    assert values() == values()


def test_the_command_says_where_to_look(
    programme: Programme, capsys: pytest.CaptureFixture[str]
) -> None:
    staff = builders.staff(programme)
    call_command("rehearse_selection", programme.slug, by=staff.email, applications=2, members=2)
    assert "Invented 2 applications: /programmes/" in capsys.readouterr().out


def test_the_command_refuses_what_makes_no_sense(programme: Programme) -> None:
    staff = builders.staff(programme)
    with pytest.raises(CommandError, match="No programme"):
        call_command("rehearse_selection", "nowhere", by=staff.email)
    with pytest.raises(CommandError, match="not of the staff"):
        call_command("rehearse_selection", programme.slug, by="nobody@example.org")
    with pytest.raises(CommandError, match="5 criteria to choose from"):
        call_command("rehearse_selection", programme.slug, by=staff.email, criteria=6)
    assert not programme.cohorts.exists()
