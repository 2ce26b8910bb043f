"""How parties stand to a wording, and what people remark on a clause."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import Person
from programmes.actions.mou.drafts import check_goes_on, locked_mou
from programmes.actions.mou.noting import note
from programmes.events import MOUEvent
from programmes.models import (
    MOU,
    Clause,
    Party,
    Remark,
    Stance,
    StanceKind,
    VersionState,
    Wording,
    WordingState,
)

SAY_WHAT = "Say what you would change, or why you cannot, in a few words"
NOT_OPEN = "This wording is neither proposed nor in the draft: look at the page again."


@transaction.atomic
def take_stance(
    *, wording: Wording, party: Party, stance: StanceKind, words: str, by: Person
) -> Stance:
    """Taken anew, it takes the place of the one before."""
    mou = locked_mou(wording.clause.mou)
    if party.mou_id != mou.pk or not by.has_perm("programmes.speak_for_party", party):
        raise PermissionDenied
    check_goes_on(mou)
    if not _is_open(wording):
        raise ValidationError(NOT_OPEN)
    words = words.strip()
    if stance != StanceKind.CAN_LIVE_WITH_IT and not words:
        raise ValidationError({"words": SAY_WHAT})
    before = Stance.objects.filter(wording=wording, party=party).first()
    row = before or Stance(wording=wording, party=party)
    old = row.get_stance_display() if before else ""
    row.stance, row.words = stance, words
    row.taken_by, row.taken_by_name = by, str(by)
    row.save()
    told = {"clause": ["", wording.heading], "stance": [old, row.get_stance_display()]}
    note(MOUEvent.STANCE_TAKEN, mou, by=by, changes=told)
    return row


@transaction.atomic
def remark(*, clause: Clause, text: str, by: Person, party: Party | None = None) -> Remark:
    """On a clause, whatever its wording. Remarks stay."""
    mou: MOU = clause.mou
    speaks = "programmes.speak_for_party" if party else "programmes.facilitate_mou"
    if not by.has_perm(speaks, party or mou) or (party and party.mou_id != mou.pk):
        raise PermissionDenied
    text = text.strip()
    if not text:
        raise ValidationError({"text": "Write your remark"})
    if clause.remarks.filter(made_by=by, party=party, text=text).exists():
        raise ValidationError({"text": "You have said this here already"})
    row = Remark.objects.create(
        clause=clause, text=text, party=party, made_by=by, made_by_name=str(by)
    )
    note(MOUEvent.REMARKED, mou, by=by, changes={"clause": ["", clause.key]})
    return row


def _is_open(wording: Wording) -> bool:
    if wording.state == WordingState.PROPOSED:
        return True
    return wording.in_versions.filter(version__state=VersionState.DRAFT).exists()
