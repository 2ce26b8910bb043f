"""Wordings: any partner proposes one, those who facilitate settle it, and its words never change."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import Person
from accounts.slugs import unused_slug
from programmes.actions.mou.drafts import check_goes_on, draft_to_write, locked_mou
from programmes.actions.mou.news import has_news
from programmes.actions.mou.noting import note
from programmes.actions.mou.states import GIVE_REASON
from programmes.events import MOUEvent
from programmes.models import (
    MOU,
    Clause,
    MOUVersion,
    Party,
    Stance,
    StanceKind,
    VersionClause,
    Wording,
    WordingState,
)

SAME = "This is the wording as it stands. Change something, or go back"
SAY_TEXT = "Write the clause, or propose to leave it out"
PROPOSED_ALREADY = "This is proposed already, and waits for the others: look at the MOU"
SETTLED = "This wording is settled already: look at the page again."


@transaction.atomic
def propose_wording(
    *,
    mou: MOU,
    heading: str,
    text: str,
    by: Person,
    clause: Clause | None = None,
    party: Party | None = None,
    leaves_out: bool = False,
    reason: str = "",
) -> Wording:
    """Another wording of a clause, a new clause where none is named, or that it be left out.

    The party that proposes it can live with it, and need not say so.
    """
    current = locked_mou(mou)
    draft = draft_to_write(current)
    _check_speaker(current, party, by)
    heading, text = " ".join(heading.split()), text.strip()
    standing = _standing(draft, clause)
    has_news(current)
    if leaves_out and standing:
        heading, text = standing.heading, ""
    if not heading:
        raise ValidationError({"heading": "Give the clause a heading"})
    if not text and not leaves_out:
        raise ValidationError({"text": SAY_TEXT})
    if standing and not leaves_out and (standing.heading, standing.text) == (heading, text):
        raise ValidationError({"text": SAME})
    if _is_proposed(current, clause, heading, text, leaves_out):
        raise ValidationError(PROPOSED_ALREADY)
    clause = clause or _new_clause(current, heading)
    wording = Wording.objects.create(
        clause=clause,
        number=(clause.wordings.aggregate(last=Max("number"))["last"] or 0) + 1,
        heading=heading,
        text=text,
        leaves_out=leaves_out,
        reason=reason.strip(),
        based_on=standing,
        party=party,
        proposed_by=by,
        proposed_by_name=str(by),
    )
    if party:
        Stance.objects.create(
            wording=wording,
            party=party,
            stance=StanceKind.CAN_LIVE_WITH_IT,
            taken_by=by,
            taken_by_name=str(by),
        )
    note(MOUEvent.WORDING_PROPOSED, current, by=by, changes=_of(wording))
    return wording


@transaction.atomic
def take_in(*, wording: Wording, by: Person) -> Wording:
    """The draft has this wording from now on; what it had before stays among the clause's wordings."""
    mou, current = _to_settle(wording, by)
    draft = draft_to_write(mou)
    here = draft.clauses.filter(clause=current.clause).first()
    if current.leaves_out:
        _take_out(draft, here)
    elif here:
        here.wording = current
        here.save(update_fields=["wording"])
    else:
        last = draft.clauses.aggregate(last=Max("number"))["last"] or 0
        VersionClause.objects.create(
            version=draft, clause=current.clause, wording=current, number=last + 1
        )
    has_news(mou)
    _settle(current, WordingState.TAKEN, by)
    note(MOUEvent.WORDING_TAKEN, mou, by=by, changes=_of(current))
    return current


@transaction.atomic
def decline_wording(*, wording: Wording, reason: str, by: Person) -> Wording:
    mou, current = _to_settle(wording, by)
    if not reason.strip():
        raise ValidationError(GIVE_REASON)
    has_news(mou)
    _settle(current, WordingState.DECLINED, by, reason.strip())
    note(MOUEvent.WORDING_DECLINED, mou, by=by, changes=_of(current))
    return current


@transaction.atomic
def withdraw_wording(*, wording: Wording, by: Person) -> Wording:
    """By whoever proposed it."""
    mou, current = _open(wording)
    if current.proposed_by_id != by.pk:
        raise PermissionDenied
    _settle(current, WordingState.WITHDRAWN, by)
    note(MOUEvent.WORDING_WITHDRAWN, mou, by=by, changes=_of(current))
    return current


@transaction.atomic
def move_clause(*, version: MOUVersion, clause: Clause, up: bool, by: Person) -> None:
    """One number up or down in the draft; at the end of the list nothing happens."""
    mou = locked_mou(version.mou)
    if not by.has_perm("programmes.facilitate_mou", mou):
        raise PermissionDenied
    rows = list(draft_to_write(mou).clauses.order_by("number"))
    here = next((place for place, row in enumerate(rows) if row.clause_id == clause.pk), None)
    if here is None or not 0 <= (there := here - 1 if up else here + 1) < len(rows):
        return
    rows[here].number, rows[there].number = rows[there].number, rows[here].number
    VersionClause.objects.bulk_update([rows[here], rows[there]], ["number"])
    told = {"clause": [str(rows[there].number), str(rows[here].number)]}
    note(MOUEvent.CLAUSE_MOVED, mou, by=by, changes=told)


def _check_speaker(mou: MOU, party: Party | None, by: Person) -> None:
    """Partners speak for a party of theirs; staff and the enabler for nobody."""
    may = (
        by.has_perm("programmes.speak_for_party", party)
        if party
        else by.has_perm("programmes.facilitate_mou", mou)
    )
    if not may or (party and party.mou_id != mou.pk):
        raise PermissionDenied


def _standing(draft: MOUVersion, clause: Clause | None) -> Wording | None:
    """The wording that the draft has of the clause now."""
    if clause is None:
        return None
    row = draft.clauses.filter(clause=clause).select_related("wording").first()
    return row.wording if row else None


def _is_proposed(
    mou: MOU, clause: Clause | None, heading: str, text: str, leaves_out: bool
) -> bool:
    """Whether the same words wait already: somebody pressed twice, or two had the same idea."""
    waiting = Wording.objects.filter(clause__mou=mou, state=WordingState.PROPOSED)
    of_clause = waiting.filter(clause=clause) if clause else waiting
    return of_clause.filter(heading=heading, text=text, leaves_out=leaves_out).exists()


def _new_clause(mou: MOU, heading: str) -> Clause:
    taken = set(mou.clauses.values_list("key", flat=True))
    return Clause.objects.create(mou=mou, key=unused_slug(heading, taken, "clause"))


def _take_out(draft: MOUVersion, here: VersionClause | None) -> None:
    if here is None:
        return
    here.delete()
    later = list(draft.clauses.filter(number__gt=here.number).order_by("number"))
    for row in later:
        row.number -= 1
    VersionClause.objects.bulk_update(later, ["number"])


def _open(wording: Wording) -> tuple[MOU, Wording]:
    mou = locked_mou(wording.clause.mou)
    check_goes_on(mou)
    current = Wording.objects.select_related("clause").get(pk=wording.pk)
    if current.state != WordingState.PROPOSED:
        raise ValidationError(SETTLED)
    return mou, current


def _to_settle(wording: Wording, by: Person) -> tuple[MOU, Wording]:
    mou, current = _open(wording)
    if not by.has_perm("programmes.facilitate_mou", mou):
        raise PermissionDenied
    return mou, current


def _settle(wording: Wording, state: WordingState, by: Person, reason: str = "") -> None:
    wording.state = state
    wording.settled_at = timezone.now()
    wording.settled_by = by
    wording.settled_because = reason
    wording.save(update_fields=["state", "settled_at", "settled_by", "settled_because"])


def _of(wording: Wording) -> dict[str, list[str]]:
    told = {"clause": ["", wording.heading], "wording": ["", str(wording.number)]}
    if wording.settled_because:
        told["reason"] = ["", wording.settled_because]
    return told
