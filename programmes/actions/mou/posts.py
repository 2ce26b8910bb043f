"""That somebody who signed no longer holds their post: the MOU then rests on nobody there."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from accounts.models import Person
from programmes.actions.mou.drafts import locked_mou
from programmes.actions.mou.noting import note
from programmes.events import MOUEvent
from programmes.models import Signatory, SignatoryState


@transaction.atomic
def record_left_post(*, signatory: Signatory, left_post_on: date | None, by: Person) -> Signatory:
    """From this day on; no day takes back what was recorded by mistake. What they signed stays."""
    mou = locked_mou(signatory.signing.version.mou)
    if not by.has_perm("programmes.facilitate_mou", mou):
        raise PermissionDenied
    current = Signatory.objects.select_related("signature", "party__organisation").get(
        pk=signatory.pk
    )
    if current.state != SignatoryState.SIGNED:
        raise ValidationError("They have not signed.")
    if left_post_on and left_post_on > timezone.localdate():
        raise ValidationError({"left_post_on": "Record it once they have left"})
    if left_post_on and left_post_on < timezone.localdate(current.signature.signed_at):
        raise ValidationError({"left_post_on": "They cannot have left before they signed"})
    if left_post_on != current.left_post_on:
        told = [date_format(each) if each else "" for each in (current.left_post_on, left_post_on)]
        current.left_post_on = left_post_on
        current.save(update_fields=["left_post_on"])
        changes = {"signatory": ["", str(current)], "left their post on": told}
        note(MOUEvent.SIGNATORY_CHANGED, mou, by=by, changes=changes)
    return current
