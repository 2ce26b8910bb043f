"""Writing an MOU together: it begins as the template has it, and only proposals change it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import ProgrammingError, transaction

from accounts.models import AuditEvent
from programmes.actions.mou.beginning import begin_mou
from programmes.actions.mou.stances import remark, take_stance
from programmes.actions.mou.wordings import (
    decline_wording,
    move_clause,
    propose_wording,
    take_in,
    withdraw_wording,
)
from programmes.models import MOU, StanceKind, VersionClause, Wording, WordingState
from tests import builders
from tests.programmes.mou.agreeing import Agreement, agreement

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreed() -> Agreement:
    return agreement()


def headings(of: Agreement) -> list[str]:
    rows = VersionClause.objects.filter(version=of.version).order_by("number")
    return list(rows.values_list("wording__heading", flat=True))


def proposed(of: Agreement, place: int = 1, **values: object) -> Wording:
    """By the party number `place`, of the clause on the challenge unless another is named."""
    values.setdefault("clause", of.clause("challenge"))
    values.setdefault("heading", "The challenge")
    values.setdefault("text", "Damp homes make children ill.")
    party, by = of.parties[place - 1], of.partners[place - 1]
    return propose_wording(mou=of.mou, party=party, by=by, **values)  # type: ignore[arg-type]


def test_it_begins_as_the_template_and_with_the_places_organisations(agreed: Agreement) -> None:
    assert headings(agreed)[0] == "The challenge"
    assert headings(agreed)[-1] == "Not legally binding"
    assert len(headings(agreed)) == 11
    assert [party.part for party in agreed.parties] == ["Part 1", "Part 2", "Part 3"]


def test_a_project_has_one_mou(agreed: Agreement) -> None:
    with pytest.raises(ValidationError, match="has an MOU already"):
        begin_mou(project=agreed.mou.project, by=agreed.staff)
    assert MOU.objects.count() == 1


def test_partners_do_not_begin_one(agreed: Agreement) -> None:
    with pytest.raises(PermissionDenied):
        begin_mou(project=builders.project(), by=agreed.partners[0])


def test_a_proposal_changes_nothing_until_it_is_taken_in(agreed: Agreement) -> None:
    wording = proposed(agreed)
    assert "Damp" not in str(VersionClause.objects.values_list("wording__text", flat=True))
    take_in(wording=wording, by=agreed.enabler)
    row = VersionClause.objects.get(version=agreed.version, clause=wording.clause)
    assert (row.wording, row.number) == (wording, 1)


def test_a_new_clause_comes_last_and_can_be_left_out_again(agreed: Agreement) -> None:
    new = proposed(agreed, clause=None, heading="Residents", text="They sit at the table.")
    take_in(wording=new, by=agreed.staff)
    assert headings(agreed)[-1] == "Residents"
    gone = proposed(agreed, 2, clause=agreed.clause("challenge"), leaves_out=True, text="")
    take_in(wording=gone, by=agreed.staff)
    assert headings(agreed)[0] == "Our shared purpose"
    numbers = VersionClause.objects.filter(version=agreed.version).values_list("number", flat=True)
    assert sorted(numbers) == list(range(1, 12))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"heading": "  "}, "heading"),
        ({"text": " \n "}, "text"),
    ],
)
def test_a_proposal_says_something(agreed: Agreement, values: dict[str, str], field: str) -> None:
    with pytest.raises(ValidationError) as refusal:
        proposed(agreed, **values)
    assert field in refusal.value.message_dict


def test_the_standing_wording_is_no_proposal(agreed: Agreement) -> None:
    take_in(wording=proposed(agreed), by=agreed.staff)
    with pytest.raises(ValidationError, match="as it stands"):
        proposed(agreed, 2)


def test_a_partner_speaks_for_their_own_party_alone(agreed: Agreement) -> None:
    with pytest.raises(PermissionDenied):
        propose_wording(
            mou=agreed.mou, heading="H", text="T", party=agreed.parties[1], by=agreed.partners[0]
        )
    with pytest.raises(PermissionDenied):
        propose_wording(mou=agreed.mou, heading="H", text="T", by=agreed.partners[0])


def test_partners_settle_nothing(agreed: Agreement) -> None:
    with pytest.raises(PermissionDenied):
        take_in(wording=proposed(agreed), by=agreed.partners[0])


def test_it_is_declined_with_a_reason(agreed: Agreement) -> None:
    wording = proposed(agreed)
    with pytest.raises(ValidationError, match="Say why"):
        decline_wording(wording=wording, reason=" ", by=agreed.staff)
    decline_wording(wording=wording, reason="Too narrow", by=agreed.staff)
    with pytest.raises(ValidationError, match="settled already"):
        take_in(wording=wording, by=agreed.staff)
    wording.refresh_from_db()
    assert (wording.state, wording.settled_because) == (WordingState.DECLINED, "Too narrow")


def test_it_is_withdrawn_by_whoever_proposed_it(agreed: Agreement) -> None:
    wording = proposed(agreed)
    with pytest.raises(PermissionDenied):
        withdraw_wording(wording=wording, by=agreed.partners[1])
    assert withdraw_wording(wording=wording, by=agreed.partners[0]).state == WordingState.WITHDRAWN


def test_the_database_keeps_words_as_they_were_proposed(agreed: Agreement) -> None:
    wording = proposed(agreed)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Wording.objects.filter(pk=wording.pk).update(text="Something else")
    take_in(wording=wording, by=agreed.staff)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Wording.objects.filter(pk=wording.pk).update(state=WordingState.PROPOSED)


def test_clauses_move_one_place(agreed: Agreement) -> None:
    first, second = headings(agreed)[:2]
    clause = agreed.clause("challenge")
    move_clause(version=agreed.version, clause=clause, up=False, by=agreed.staff)
    assert headings(agreed)[:2] == [second, first]
    move_clause(version=agreed.version, clause=clause, up=True, by=agreed.staff)
    move_clause(version=agreed.version, clause=clause, up=True, by=agreed.staff)
    assert headings(agreed)[:2] == [first, second]


def test_a_stance_takes_the_place_of_the_one_before(agreed: Agreement) -> None:
    wording = proposed(agreed)
    party, by = agreed.parties[1], agreed.partners[1]
    with pytest.raises(ValidationError, match="what you would change"):
        take_stance(wording=wording, party=party, stance=StanceKind.WANTS_A_CHANGE, words="", by=by)
    for stance, words in ((StanceKind.CANNOT, "Not our remit"), (StanceKind.CAN_LIVE_WITH_IT, "")):
        take_stance(wording=wording, party=party, stance=stance, words=words, by=by)
    rows = wording.stances.filter(party=party)
    assert [row.stance for row in rows] == [StanceKind.CAN_LIVE_WITH_IT]
    last = AuditEvent.objects.filter(kind="mou.stance_taken").latest("pk")
    assert last.changes["stance"] == ["Cannot", "Can live with it"]


def test_whoever_proposes_it_can_live_with_it(agreed: Agreement) -> None:
    row = proposed(agreed).stances.get()
    assert (row.party, row.stance) == (agreed.parties[0], StanceKind.CAN_LIVE_WITH_IT)


def test_a_party_takes_its_own_stance_alone(agreed: Agreement) -> None:
    with pytest.raises(PermissionDenied):
        take_stance(
            wording=proposed(agreed),
            party=agreed.parties[1],
            stance=StanceKind.CAN_LIVE_WITH_IT,
            words="",
            by=agreed.partners[0],
        )


def test_remarks_stay(agreed: Agreement) -> None:
    row = remark(
        clause=agreed.clause("review"),
        text="Twice a year?",
        by=agreed.partners[0],
        party=agreed.parties[0],
    )
    with pytest.raises(ValidationError, match="Write your remark"):
        remark(clause=agreed.clause("review"), text=" ", by=agreed.staff)
    with pytest.raises(ProgrammingError), transaction.atomic():
        row.delete()
