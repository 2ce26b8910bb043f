"""A tie broken by lot: once, for a reason, and so that anyone can draw it again."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent, Person
from programmes.actions.lots import draw_lot
from programmes.models import Application, ApplicationState, Call, Phase, Standing
from programmes.ranking.lots import drawn
from tests import builders

REFERENCES = st.lists(st.integers(1, 60).map("A{}".format), unique=True)


@given(st.text(), REFERENCES, st.randoms(use_true_random=False))
def test_the_order_in_which_they_are_given_changes_nothing(seed, references, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = random.sample(references, len(references))
    order = drawn(seed, shuffled)
    assert order == drawn(seed, references)
    assert sorted(order) == sorted(references)


def test_anyone_can_draw_it_again_without_placework() -> None:
    """for a in A3 A7 A12; do echo "$(printf "4 2 6 $a" | sha256sum) $a"; done | sort"""
    assert drawn("4 2 6", ["A3", "A7", "A12"]) == ["A12", "A7", "A3"]


def test_each_comes_first_about_as_often() -> None:
    first = [drawn(str(seed), ["A1", "A2", "A3"])[0] for seed in range(3000)]
    assert all(900 < first.count(each) < 1100 for each in ("A1", "A2", "A3"))


@pytest.fixture
def call() -> Call:
    return builders.call(phase=Phase.MEETING)


@pytest.fixture
def tied(call: Call) -> list[Application]:
    return [builders.application(call, state=ApplicationState.ELIGIBLE) for _ in range(3)]


@pytest.fixture
def staff(call: Call) -> Person:
    return builders.staff(call.cohort.programme)


@pytest.mark.django_db
def test_a_lot_is_a_row_with_its_seed_and_leaves_its_trace(
    call: Call, tied: list[Application], staff: Person
) -> None:
    lot = draw_lot(call=call, between=tied[::-1], reason="A tie.", by=staff, seed="4 2 6")
    assert lot.between == ["A1", "A2", "A3"]
    assert lot.drawn == drawn("4 2 6", lot.between)
    event = AuditEvent.objects.get(kind="decision.lot_drawn")
    between = ", ".join(str(application) for application in tied)
    assert event.changes == {"between": ["", between], "seed": ["", "4 2 6"]}


@pytest.mark.django_db
def test_without_a_seed_one_is_drawn(call: Call, tied: list[Application], staff: Person) -> None:
    lot = draw_lot(call=call, between=tied, reason="A tie.", by=staff)
    assert len(lot.seed) == 16
    assert lot.drawn == drawn(lot.seed, lot.between)


@pytest.mark.django_db
def test_a_lot_is_not_drawn_until_it_pleases(
    call: Call, tied: list[Application], staff: Person
) -> None:
    draw_lot(call=call, between=tied[:2], reason="A tie.", by=staff)
    with pytest.raises(ValidationError, match="between A1 and A2 has been drawn"):
        draw_lot(call=call, between=tied, reason="A tie.", by=staff)
    draw_lot(call=call, between=tied[1:], reason="Another tie.", by=staff)


@pytest.mark.django_db
def test_what_is_missing_is_said_all_at_once(call: Call, tied: list[Application]) -> None:
    staff = builders.staff(call.cohort.programme)
    elsewhere = builders.application(state=ApplicationState.ELIGIBLE)
    with pytest.raises(ValidationError) as refusal:
        draw_lot(call=call, between=[tied[0], elsewhere], reason=" ", by=staff, seed="6" * 65)
    assert set(refusal.value.message_dict) == {"between", "reason", "seed"}
    with pytest.raises(ValidationError, match="at least two"):
        draw_lot(call=call, between=tied[:1], reason="A tie.", by=staff)
    Call.objects.update(phase=Phase.SCORING)
    with pytest.raises(ValidationError, match="Change the phase first"):
        draw_lot(call=call, between=tied, reason="A tie.", by=staff)


@pytest.mark.django_db
def test_only_staff_draw_and_not_between_what_they_are_kept_away_from(
    call: Call, tied: list[Application], staff: Person
) -> None:
    with pytest.raises(PermissionDenied):
        draw_lot(call=call, between=tied, reason="A tie.", by=builders.person())
    builders.interest(builders.panel_member(call, staff), tied[0], Standing.RECUSED)
    with pytest.raises(PermissionDenied):
        draw_lot(call=call, between=tied, reason="A tie.", by=staff)
    draw_lot(call=call, between=tied[1:], reason="A tie.", by=staff)
