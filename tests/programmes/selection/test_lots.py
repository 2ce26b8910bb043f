"""A tie broken by lot: in the open, for a reason, and so that anyone can draw it again."""

import subprocess

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import AuditEvent, Person
from programmes.actions.lots import draw_lot
from programmes.models import Application, ApplicationState, Call, Lot, Phase, Standing
from programmes.queries.lots import Draw, draws_of
from programmes.ranking.lots import drawn
from tests import builders
from tests.programmes.selection.deciding import decide, met, seat

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
def test_a_second_draw_must_be_wanted_and_both_are_kept(
    call: Call, tied: list[Application], staff: Person
) -> None:
    first = draw_lot(call=call, between=tied[:2], reason="A tie.", by=staff)
    with pytest.raises(ValidationError, match="between A1 and A2 has been drawn") as refusal:
        draw_lot(call=call, between=tied, reason="A tie.", by=staff)
    assert list(refusal.value.message_dict) == ["again"]
    draw_lot(call=call, between=tied[1:], reason="Another tie.", by=staff)
    second = draw_lot(call=call, between=tied[:2], reason="A die fell.", by=staff, again=True)
    told = [(draw.lot, draw.instead_of, draw.stands) for draw in draws_of(call)]
    assert told[0] == (first, None, False)
    assert told[2] == (second, 1, True)


@pytest.mark.django_db
def test_what_is_missing_is_said_all_at_once(
    call: Call, tied: list[Application], staff: Person
) -> None:
    elsewhere = builders.application(state=ApplicationState.ELIGIBLE)
    with pytest.raises(ValidationError) as refusal:
        draw_lot(call=call, between=[tied[0], elsewhere], reason=" ", by=staff, seed="6" * 65)
    assert set(refusal.value.message_dict) == {"between", "reason", "seed"}
    with pytest.raises(ValidationError, match="at least two"):
        draw_lot(call=call, between=tied[:1], reason="A tie.", by=staff)
    with pytest.raises(ValidationError, match="Shorten it to 5,000"):
        draw_lot(call=call, between=tied, reason="x" * 5_001, by=staff)


@pytest.mark.django_db
def test_no_lot_is_drawn_outside_the_band() -> None:
    call = met()  # the second and third are in the band
    staff = builders.staff(call.cohort.programme)
    first, second, third, _ = call.applications.order_by("number")
    with pytest.raises(ValidationError, match="not in the band around the line: A1 Ashford"):
        draw_lot(call=call, between=[first, second], reason="A tie.", by=staff)
    assert draw_lot(call=call, between=[second, third], reason="A tie.", by=staff)


@pytest.mark.django_db
@pytest.mark.parametrize(("phase", "sentence"), [("scoring", "Phases"), ("released", "released")])
def test_none_is_drawn_before_the_meeting_or_after_the_release(
    call: Call, tied: list[Application], staff: Person, phase: str, sentence: str
) -> None:
    Call.objects.update(phase=phase)
    with pytest.raises(ValidationError, match=sentence):
        draw_lot(call=call, between=tied, reason="A tie.", by=staff)


@pytest.mark.django_db
def test_whoever_prepares_the_decisions_draws(
    call: Call, tied: list[Application], staff: Person
) -> None:
    with pytest.raises(PermissionDenied):
        draw_lot(call=call, between=tied, reason="A tie.", by=builders.person())
    chair = seat(call, is_chair=True)
    for application in tied:
        builders.interest(chair, application)
    assert draw_lot(call=call, between=tied[:2], reason="A tie.", by=chair.person)
    builders.interest(builders.panel_member(call, staff), tied[0], Standing.RECUSED)
    with pytest.raises(PermissionDenied):  # from one application, and so from all lots
        draw_lot(call=call, between=tied[1:], reason="A tie.", by=staff)


@pytest.mark.slow
@pytest.mark.parametrize("seed", ["4 2 6", "it's $HOME \\ %s"])
def test_the_line_to_type_gives_the_same_order(seed: str) -> None:
    references = ["A3", "A7", "A12"]
    lot = Lot(seed=seed, between=references, drawn=drawn(seed, references))
    line = Draw(number=1, lot=lot, instead_of=None, stands=True).by_hand
    printed = subprocess.run(["sh", "-c", line], capture_output=True, text=True, check=True).stdout
    assert [row.split()[-1] for row in printed.splitlines()] == lot.drawn


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def call(self) -> Call:
        return met()

    @pytest.fixture(autouse=True)
    def signed_in(self, client: Client, staff: Person) -> None:
        client.force_login(staff)

    def address(self, call: Call, name: str = "lots") -> str:
        return reverse(f"programmes:{name}", args=[call.cohort.programme.slug, call.cohort.number])

    def test_a_lot_is_drawn_and_shown_with_how_to_repeat_it(
        self, client: Client, call: Call, staff: Person
    ) -> None:
        page = client.get(self.address(call)).content.decode()
        assert "A2 Birchley: rank 2" in page
        assert "A1 Ashford" not in page
        sent = {"between": ["2", "3"], "reason": "Equal in all.", "seed": "4 2 6"}
        page = client.post(self.address(call), sent, follow=True).content.decode()
        order = ", ".join(drawn("4 2 6", ["A2", "A3"]))
        for where in (page, client.get(self.address(call, "decisions")).content.decode()):
            for words in (order, "4 2 6", "Equal in all.", f"by {staff}", "for a in A2 A3"):
                assert words in where

    def test_refusals_stand_beside_their_fields_and_keep_what_was_typed(
        self, client: Client, call: Call
    ) -> None:
        page = client.post(self.address(call), {"between": ["2"], "reason": "Equal."}).content
        assert "Select at least two applications" in page.decode()
        assert ">\nEqual.</textarea>" in page.decode().replace("\r", "")
        page = client.post(self.address(call), {"between": ["1", "2"]}).content
        assert "in the band around the line now" in page.decode()

    def test_drawing_again_asks_for_it(self, client: Client, call: Call) -> None:
        sent = {"between": ["2", "3"], "reason": "Equal."}
        client.post(self.address(call), sent)
        page = client.post(self.address(call), sent).content.decode()
        assert "has been drawn, and stands" in page
        page = client.post(self.address(call), sent | {"again": "on"}, follow=True).content.decode()
        assert "Lot 2, drawn again after lot 1" in page

    def test_a_chair_has_scored_first(self, client: Client, call: Call) -> None:
        newcomer = seat(call, is_chair=True)
        for application in call.applications.all():
            builders.interest(newcomer, application)
        client.force_login(newcomer.person)
        page = client.get(self.address(call)).content.decode()
        assert "Draw the lot" not in page


@pytest.mark.django_db
def test_a_lot_that_was_drawn_again_decides_nothing_more() -> None:
    call = met()
    staff = builders.staff(call.cohort.programme)
    pair = list(call.applications.filter(number__in=[2, 3]))
    first = draw_lot(call=call, between=pair, reason="A tie.", by=staff)
    draw_lot(call=call, between=pair, reason="A die fell.", by=staff, again=True)
    with pytest.raises(ValidationError, match="and that stands"):
        decide(call, staff, a2=("select", None, "", first.pk))
