"""Commitments: made by a party, kept or not, and updated where all can see it."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import Person
from programmes.actions.mou.drafts import check_goes_on, locked_mou
from programmes.actions.mou.noting import note
from programmes.events import MOUEvent
from programmes.models import (
    Clause,
    Commitment,
    CommitmentChange,
    CommitmentState,
    Party,
)
from programmes.mou_states import OPEN_COMMITMENTS

ASKS_REASON = frozenset({CommitmentState.SLIPPED, CommitmentState.DROPPED})
NOT_OPEN = "It is not going any more: its words stay as they were when it was settled."
SAY_WHY = "Say why, in a few words: the other partners read it"


@transaction.atomic
def commit(
    *,
    party: Party,
    what: str,
    due_on: date | None,
    seen_by: str,
    by: Person,
    clause: Clause | None = None,
) -> Commitment:
    """What a party will do. By whoever speaks for it, or by those who facilitate, on its word."""
    mou = locked_mou(party.mou)
    _check(party, by)
    check_goes_on(mou)
    if party.left_on is not None:
        raise ValidationError(f"{party} has left the MOU.")
    if clause and clause.mou_id != mou.pk:
        raise PermissionDenied
    if not what.strip():
        raise ValidationError({"what": "Say what will be done"})
    standing = party.commitments.filter(state__in=OPEN_COMMITMENTS)
    if standing.filter(what=what.strip()).exists():
        raise ValidationError({"what": f"{party} has committed to this already"})
    row = Commitment.objects.create(
        mou=mou,
        party=party,
        clause=clause,
        what=what.strip(),
        due_on=due_on,
        seen_by=seen_by.strip(),
        made_by=by,
        made_by_name=str(by),
    )
    note(MOUEvent.COMMITTED, mou, by=by, changes=_of(row, {"party": ["", str(party)]}))
    return row


@transaction.atomic
def change_commitment(
    *, commitment: Commitment, what: str, seen_by: str, by: Person, clause: Clause | None = None
) -> Commitment:
    """Its words, while it is still to be done. What it becomes and when it is due is an update, with
    its reason.
    """
    current = _locked(commitment, by)
    if current.state not in OPEN_COMMITMENTS:
        raise ValidationError(NOT_OPEN)
    if not what.strip():
        raise ValidationError({"what": "Say what will be done"})
    if clause and clause.mou_id != current.mou_id:
        raise PermissionDenied
    told = {
        name: [str(old or ""), str(new or "")]
        for name, old, new in (
            ("what", current.what, what.strip()),
            ("seen by", current.seen_by, seen_by.strip()),
            ("clause", current.clause, clause),
        )
        if old != new
    }
    if told:
        _keep_words(current, what.strip(), seen_by.strip(), by)
        current.what, current.seen_by, current.clause = what.strip(), seen_by.strip(), clause
        current.save(update_fields=["what", "seen_by", "clause"])
        note(MOUEvent.COMMITMENT_CHANGED, current.mou, by=by, changes=_of(current, told))
    return current


@transaction.atomic
def update_commitment(
    *,
    commitment: Commitment,
    state: CommitmentState,
    due_on: date | None,
    reason: str,
    by: Person,
) -> Commitment:
    """What became of it. The date may move with it; that it slipped or was dropped needs a reason."""
    current = _locked(commitment, by)
    reason = reason.strip()
    if (state, due_on) == (current.state, current.due_on) and not reason:
        raise ValidationError(
            "Nothing has changed. Choose what became of it, or write a word on it."
        )
    moved_later = bool(due_on and current.due_on and due_on > current.due_on)
    if not reason and (state in ASKS_REASON or moved_later):
        raise ValidationError({"reason": SAY_WHY})
    CommitmentChange.objects.create(
        commitment=current,
        old=current.state,
        new=state,
        old_due_on=current.due_on,
        new_due_on=due_on,
        reason=reason,
        changed_by=by,
        changed_by_name=str(by),
    )
    told = {"state": [current.get_state_display(), CommitmentState(state).label]}
    current.state, current.due_on = state, due_on
    current.save(update_fields=["state", "due_on"])
    note(MOUEvent.COMMITMENT_UPDATED, current.mou, by=by, changes=_of(current, told))
    return current


def _keep_words(commitment: Commitment, what: str, seen_by: str, by: Person) -> None:
    """What it said until now, in its history."""
    before = {
        "what_before": commitment.what if commitment.what != what else "",
        "seen_by_before": commitment.seen_by if commitment.seen_by != seen_by else "",
    }
    if any(before.values()):
        CommitmentChange.objects.create(
            commitment=commitment,
            old=commitment.state,
            new=commitment.state,
            old_due_on=commitment.due_on,
            new_due_on=commitment.due_on,
            changed_by=by,
            changed_by_name=str(by),
            **before,
        )


def _check(row: Party | Commitment, by: Person) -> None:
    if not by.has_perm("programmes.update_commitment", row):
        raise PermissionDenied


def _locked(commitment: Commitment, by: Person) -> Commitment:
    """As it is now. Without its clause: one that somebody changes while we wait would not be found."""
    rows = Commitment.objects.select_for_update(of=("self",)).select_related(
        "party__organisation", "mou__project__programme"
    )
    current = rows.get(pk=commitment.pk)
    _check(current, by)
    check_goes_on(current.mou)
    return current


def _of(commitment: Commitment, changes: dict[str, list[str]]) -> dict[str, list[str]]:
    return {"commitment": ["", commitment.what[:200]], **changes}
