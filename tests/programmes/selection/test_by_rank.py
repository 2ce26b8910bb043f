"""Filling in by rank what is plain, so that the panel's time goes to the band."""

import pytest
from django.test import Client
from django.urls import reverse

from programmes.actions.rehearsal import Size, rehearse_selection
from programmes.forms.decision import DecisionsForm
from programmes.models import Call, Decision, DecisionOutcome, Phase
from programmes.queries.board import board_for
from programmes.queries.decisions import cases_on
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def call() -> Call:
    """At the meeting of the panel."""
    programme = builders.programme()
    by = builders.staff(programme)
    return rehearse_selection(programme=programme, by=by, size=Size(applications=16))


def test_what_is_outside_the_band_is_filled_in_and_the_band_is_not(call: Call) -> None:
    board = board_for(builders.staff(call.cohort.programme), call)
    assert board.band
    form = DecisionsForm(cases_on(board), [], None)
    form.fill_in_by_rank(call.places_offered)
    for row in form.rows.values():
        place, outcome = row.case.line.place, row.typed["outcome"]
        assert place.rank
        if place.is_in_band:
            assert outcome == ""
        else:
            assert outcome == (
                DecisionOutcome.SELECT
                if place.rank <= call.places_offered
                else DecisionOutcome.DECLINE
            )


def test_the_page_says_that_nothing_is_saved(client: Client, call: Call) -> None:
    client.force_login(builders.staff(call.cohort.programme))
    address = reverse("programmes:decisions", args=[call.cohort.programme.slug, call.cohort.number])
    assert "?by=rank" in client.get(address).content.decode()
    page = client.get(address, {"by": "rank"}).content.decode()
    assert "not saved yet" in page
    assert 'value="select" selected' in page
    assert not Decision.objects.exists()


def test_it_is_not_offered_once_decisions_are_closed(client: Client, call: Call) -> None:
    Call.objects.filter(pk=call.pk).update(phase=Phase.RELEASED)
    client.force_login(builders.staff(call.cohort.programme))
    address = reverse("programmes:decisions", args=[call.cohort.programme.slug, call.cohort.number])
    page = client.get(address, {"by": "rank"}).content.decode()
    assert "by=rank" not in page
    assert "not saved yet" not in page
