"""The draft of an MOU: the one version that can still be written, held while something changes it."""

from django.core.exceptions import ValidationError

from programmes.models import MOU, MOUVersion
from programmes.mou_states import OUT
from programmes.queries.mou.drafting import draft_of

NO_DRAFT = "No version is being written now."
ENDED = "This MOU has ended: what was agreed stays as it was."
IS_OUT = "A version is out to be signed: what is agreed stays as it is until that is over."


def locked_mou(mou: MOU) -> MOU:
    """The row as it is now, held until the transaction ends: one change of an MOU at a time."""
    rows = MOU.objects.select_for_update(of=("self",))
    return rows.select_related("project__programme", "project__place").get(pk=mou.pk)


def check_goes_on(mou: MOU) -> None:
    """Under an MOU that has ended nothing more is promised, done or met over."""
    if mou.ended_at is not None:
        raise ValidationError(ENDED)


def draft_to_write(mou: MOU) -> MOUVersion:
    """The draft of a locked MOU, or a ValidationError that says why nothing can be written."""
    check_goes_on(mou)
    draft = draft_of(mou)
    if draft is None:
        raise ValidationError(IS_OUT if is_out(mou) else NO_DRAFT)
    draft.mou = mou
    return draft


def is_out(mou: MOU) -> bool:
    """Whether a version is on its way from being sent to being sealed."""
    return mou.versions.filter(state__in=OUT).exists()
