"""A new version to write: after one that is in force, or after one that was voided or expired."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import Person
from programmes.actions.mou.drafts import locked_mou
from programmes.actions.mou.noting import note
from programmes.events import MOUEvent
from programmes.models import MOU, MOUVersion, VersionClause
from programmes.mou_states import UNFINISHED


@transaction.atomic
def begin_version(*, mou: MOU, by: Person) -> MOUVersion:
    """A draft that begins as the latest version stands: what was voided is mended, what is in force
    is changed by proposals.
    """
    current = locked_mou(mou)
    if not by.has_perm("programmes.facilitate_mou", current):
        raise PermissionDenied
    if current.ended_at is not None:
        raise ValidationError("This MOU has ended: begin another project to agree anew.")
    if current.versions.filter(state__in=UNFINISHED).exists():
        raise ValidationError("A version is being written or signed already.")
    latest = current.versions.order_by("-number")[0]
    draft = MOUVersion.objects.create(mou=current, number=latest.number + 1)
    VersionClause.objects.bulk_create(
        VersionClause(version=draft, clause=row.clause, wording=row.wording, number=row.number)
        for row in latest.clauses.select_related("clause", "wording").order_by("number")
    )
    note(MOUEvent.VERSION_DRAFTED, current, by=by, changes={"version": ["", str(draft.number)]})
    return draft
