"""After signing: commitments, parties that come and go, reviews, a second version, and the measures."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from programmes.actions.mou.beginning import change_mou
from programmes.actions.mou.commitments import change_commitment, commit, update_commitment
from programmes.actions.mou.paper import record_paper
from programmes.actions.mou.parties import (
    add_representative,
    change_part,
    end_representative,
    join,
    leave,
    settle_concerns,
)
from programmes.actions.mou.reviews import end_mou, record_review
from programmes.actions.mou.stances import take_stance
from programmes.actions.mou.states import change_version_state
from programmes.actions.mou.versions import begin_version
from programmes.actions.mou.wordings import propose_wording, take_in
from programmes.models import (
    Authority,
    Commitment,
    CommitmentState,
    Method,
    Representative,
    SignatoryState,
    StanceKind,
    VersionState,
    Wording,
)
from programmes.queries.mou.liveness import Share, liveness
from programmes.queries.mou.own import own_of
from programmes.queries.mou.stances import counted, standing
from programmes.queries.mou.touched import changed_clauses, in_force, must_consent
from programmes.queries.mou.wordings import unsaid_by
from tests import builders
from tests.programmes.mou.agreeing import Agreement, agreement, signed
from tests.programmes.mou.scans import scanned

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)


@pytest.fixture
def agreed() -> Agreement:
    return agreement()


@pytest.fixture
def sealed() -> Agreement:
    """In force: signed by all, and sealed as the worker would."""
    made = agreement()
    made.send()
    for place in (1, 2, 3):
        signed(made.signatory(place))
    change_version_state(version=made.version, to=VersionState.SEALED, by=None)
    return made


def promised(of: Agreement, place: int = 1, **values: object) -> Commitment:
    values.setdefault("what", "Open our data")
    values.setdefault("due_on", timezone.localdate() + timedelta(days=30))
    values.setdefault("seen_by", "The others can read it")
    party, by = of.parties[place - 1], of.partners[place - 1]
    return commit(party=party, by=by, **values)  # type: ignore[arg-type]


def reworded(of: Agreement, key: str) -> Wording:
    clause = of.clause(key)
    wording = propose_wording(
        mou=of.mou, clause=clause, heading=key, text="Other words", by=of.staff
    )
    return take_in(wording=wording, by=of.staff)


def test_a_commitment_is_made_by_its_party(agreed: Agreement) -> None:
    assert promised(agreed).state == CommitmentState.GOING
    with pytest.raises(PermissionDenied):
        commit(party=agreed.parties[0], what="X", due_on=None, seen_by="", by=agreed.partners[1])
    with pytest.raises(ValidationError, match="Say what"):
        promised(agreed, what=" ")


@pytest.mark.parametrize("state", [CommitmentState.SLIPPED, CommitmentState.DROPPED])
def test_that_it_slipped_needs_a_reason(agreed: Agreement, state: CommitmentState) -> None:
    row = promised(agreed)
    with pytest.raises(ValidationError, match="Say why"):
        update_commitment(
            commitment=row, state=state, due_on=row.due_on, reason=" ", by=agreed.partners[0]
        )
    update_commitment(
        commitment=row, state=state, due_on=row.due_on, reason="Cuts", by=agreed.partners[0]
    )
    change = row.changes.get()
    assert (change.old, change.new, change.reason) == (CommitmentState.GOING, state, "Cuts")


def test_moving_the_day_back_needs_a_reason_and_doing_it_none(agreed: Agreement) -> None:
    row = promised(agreed)
    assert row.due_on
    later = row.due_on + timedelta(days=1)
    by = agreed.partners[0]
    with pytest.raises(ValidationError, match="Say why"):
        update_commitment(
            commitment=row, state=CommitmentState.GOING, due_on=later, reason="", by=by
        )
    done = update_commitment(
        commitment=row, state=CommitmentState.DONE, due_on=row.due_on, reason="", by=by
    )
    assert done.state == CommitmentState.DONE
    with pytest.raises(ValidationError, match="Nothing has changed"):
        update_commitment(
            commitment=row, state=CommitmentState.DONE, due_on=row.due_on, reason="", by=by
        )


def test_its_words_are_changed_by_its_party(agreed: Agreement) -> None:
    row = promised(agreed)
    change_commitment(
        commitment=row,
        what="Open all our data",
        seen_by="",
        clause=agreed.clause("information"),
        by=agreed.partners[0],
    )
    row.refresh_from_db()
    assert (row.what, row.clause) == ("Open all our data", agreed.clause("information"))
    with pytest.raises(PermissionDenied):
        change_commitment(commitment=row, what="No", seen_by="", by=agreed.partners[1])


def test_parties_join_and_leave(agreed: Agreement) -> None:
    new = join(
        mou=agreed.mou,
        organisation=builders.organisation(),
        part=" Listens ",
        joined_on=TODAY,
        by=agreed.staff,
    )
    assert change_part(party=new, part="Speaks", by=agreed.staff).part == "Speaks"
    with pytest.raises(ValidationError, match="is a party already"):
        join(
            mou=agreed.mou,
            organisation=new.organisation,
            part="",
            joined_on=TODAY,
            by=agreed.staff,
        )
    with pytest.raises(ValidationError, match="before it joined"):
        leave(party=new, left_on=date(2020, 1, 1), reason="Gone", by=agreed.staff)
    leave(party=new, left_on=TODAY, reason="Merged", by=agreed.staff)
    with pytest.raises(ValidationError, match="has left already"):
        leave(party=new, left_on=TODAY, reason="Merged", by=agreed.staff)


def test_only_partners_of_the_place_speak_for_a_party(agreed: Agreement) -> None:
    with pytest.raises(ValidationError, match="Invite them"):
        add_representative(
            party=agreed.parties[0], person=builders.person(), post="", by=agreed.staff
        )
    with pytest.raises(ValidationError, match="speak for this party already"):
        add_representative(
            party=agreed.parties[0], person=agreed.partners[0], post="", by=agreed.staff
        )
    seat = Representative.objects.get(person=agreed.partners[0])
    end_representative(representative=seat, by=agreed.staff)
    with pytest.raises(PermissionDenied):
        promised(agreed)


def test_what_is_out_to_be_signed_is_not_rearranged(agreed: Agreement) -> None:
    agreed.send()
    with pytest.raises(ValidationError, match="out to be signed"):
        change_mou(mou=agreed.mou, title="Another", review_on=None, by=agreed.staff)
    with pytest.raises(ValidationError, match="out to be signed"):
        leave(party=agreed.parties[0], left_on=TODAY, reason="Gone", by=agreed.staff)
    with pytest.raises(ValidationError, match="out to be signed"):
        propose_wording(mou=agreed.mou, heading="New", text="Words", by=agreed.staff)


def test_a_signature_on_paper_is_shown_as_such(agreed: Agreement) -> None:
    agreed.send()
    values = {
        "signatory": agreed.signatory(),
        "typed_name": "Pat Paper",
        "post": "Chair",
        "authority": Authority.OFFICE,
        "authority_words": "",
        "content": scanned(),
    }
    with pytest.raises(ValidationError, match="Say who signed"):
        record_paper(**values, witness_note=" ", by=agreed.staff)  # type: ignore[arg-type]
    with pytest.raises(PermissionDenied):
        record_paper(**values, witness_note="Seen", by=agreed.enabler)  # type: ignore[arg-type]
    signature = record_paper(**values, witness_note="I was there", by=agreed.staff)  # type: ignore[arg-type]
    assert (signature.method, signature.witnessed_by) == (Method.PAPER, agreed.staff)
    assert agreed.signatory().state == SignatoryState.SIGNED


def test_a_second_version_begins_as_the_first_stands(sealed: Agreement) -> None:
    begin_version(mou=sealed.mou, by=sealed.staff)
    assert sealed.version.number == 2
    assert changed_clauses(sealed.version, in_force(sealed.version)) == []
    with pytest.raises(ValidationError, match="written or signed already"):
        begin_version(mou=sealed.mou, by=sealed.staff)
    with pytest.raises(ValidationError, match="nothing to sign"):
        sealed.send()


def test_who_signed_a_clause_is_not_asked_again_how_they_stand_to_it(sealed: Agreement) -> None:
    begin_version(mou=sealed.mou, by=sealed.staff)
    challenge = reworded(sealed, "challenge")
    first, second, third = sealed.parties
    learning = sealed.version.clauses.get(clause__key="learning").wording
    take_stance(
        wording=learning,
        party=third,
        stance=StanceKind.CANNOT,
        words="Not ours any more",
        by=sealed.partners[2],
    )
    for party in (first, second, third):
        assert [each.wording.pk for each in unsaid_by(party)] == [challenge.pk]
    (at_home,) = own_of(sealed.partners[0]).mous
    assert at_home.parties[0].clauses == 1
    members, stances = standing(sealed.mou, [challenge.pk, learning.pk])
    assert counted(stances.get(challenge.pk, {}), len(members)) == "3 have not said"
    assert counted(stances[learning.pk], len(members)) == "2 signed it, 1 cannot"
    assert stances[learning.pk][first.pk].label == "Signed in version 1"


def test_consent_is_asked_of_those_whose_clauses_change(sealed: Agreement) -> None:
    own = sealed.clause("learning")
    settle_concerns(clause=own, parties=[sealed.parties[1]], by=sealed.staff)
    begin_version(mou=sealed.mou, by=sealed.staff)
    reworded(sealed, "learning")
    assert must_consent(sealed.version) == [sealed.parties[1]]
    new = join(
        mou=sealed.mou,
        organisation=builders.organisation(),
        part="",
        joined_on=timezone.localdate(),
        by=sealed.staff,
    )
    assert must_consent(sealed.version) == [sealed.parties[1], new]
    reworded(sealed, "purpose")  # everybody's
    assert must_consent(sealed.version) == [*sealed.parties, new]


def test_a_review_moves_the_date_on(agreed: Agreement) -> None:
    today = timezone.localdate()
    for held_on, next_on, field in (
        (today + timedelta(days=1), today + timedelta(days=9), "held_on"),
        (today, today, "next_on"),
    ):
        with pytest.raises(ValidationError) as refusal:
            record_review(
                mou=agreed.mou, held_on=held_on, outcome="Met", next_on=next_on, by=agreed.enabler
            )
        assert field in refusal.value.message_dict
    record_review(
        mou=agreed.mou,
        held_on=today,
        outcome="Met",
        next_on=today + timedelta(days=90),
        by=agreed.enabler,
    )
    agreed.mou.refresh_from_db()
    assert agreed.mou.review_on == today + timedelta(days=90)


def test_an_mou_ends_with_a_reason(agreed: Agreement) -> None:
    end_mou(mou=agreed.mou, reason="The work is done", by=agreed.staff)
    with pytest.raises(ValidationError, match="ended already"):
        end_mou(mou=agreed.mou, reason="Again", by=agreed.staff)
    with pytest.raises(ValidationError, match="has ended"):
        agreed.send()
    with pytest.raises(ValidationError, match="has ended"):
        promised(agreed)


def test_measures_of_a_new_one(agreed: Agreement) -> None:
    now = liveness(agreed.mou)
    assert (now.freshness, now.use, now.breadth) == (None, Share(0, 11), Share(0, 3))
    assert (now.reviews_kept, now.currency, now.days_to_settle) == (Share(0, 0), Share(0, 0), None)


def test_measures_of_a_living_one(sealed: Agreement) -> None:
    promised(sealed, 2)
    now = timezone.localdate()
    assert liveness(sealed.mou).freshness == 0
    assert liveness(sealed.mou).breadth == Share(1, 3)
    assert liveness(sealed.mou, now + timedelta(days=91)).breadth == Share(0, 3)
    assert liveness(sealed.mou, now + timedelta(days=91)).freshness == 91
    assert liveness(sealed.mou).currency == Share(3, 3)
    left = sealed.signatory(1)
    left.left_post_on = timezone.localdate()
    left.save()
    assert liveness(sealed.mou).currency == Share(2, 3)


def test_a_review_kept_and_one_missed(agreed: Agreement) -> None:
    today = timezone.localdate()
    mou = change_mou(
        mou=agreed.mou, title="MOU", review_on=today - timedelta(days=10), by=agreed.staff
    )
    record_review(
        mou=mou, held_on=today, outcome="Met", next_on=today + timedelta(days=1), by=agreed.staff
    )
    assert liveness(mou).reviews_kept == Share(1, 1)
    mou.refresh_from_db()
    later = timezone.localdate() + timedelta(days=20)
    assert liveness(mou, later).reviews_kept == Share(1, 2)
