from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.actions.audit import record
from accounts.actions.memberships import grant_role
from accounts.actions.rows import Refusals, change, free_slug, save_or_refuse
from accounts.models import Person
from accounts.roles import Role
from programmes.events import ProgrammeEvent
from programmes.models import LensVersion, Programme

REFUSALS: Refusals = {
    "programme_name_once": {"name": "Enter a different name: another programme has this one"}
}


@transaction.atomic
def create_programme(
    *, by: Person | None, name: str, frame: LensVersion, **values: Any
) -> Programme:
    """Whoever adds it is of its staff; they invite the others."""
    _refuse_draft(frame)
    slug = free_slug(Programme.objects.all(), name)
    programme = Programme(name=name, slug=slug, frame=frame, **values)
    save_or_refuse(programme, REFUSALS)
    record(ProgrammeEvent.CREATED, by=by, subject=programme, scope=programme)
    if by:
        grant_role(person=by, role=Role.STAFF, scope=programme, by=by, within=programme)
    return programme


def change_programme(*, programme: Programme, by: Person | None, **values: Any) -> Programme:
    """Its address stays. Once there are projects, its frame may only be another version of its lens."""
    frame = values.get("frame", programme.frame)
    if frame != programme.frame:
        _refuse_draft(frame)
        if frame.lens_id != programme.frame.lens_id and programme.projects.exists():
            raise ValidationError(
                {
                    "frame": f"Select a version of {programme.frame.lens}: projects of this programme"
                    " are written about by its dimensions"
                }
            )
    return change(
        programme,
        values,
        by=by,
        kind=ProgrammeEvent.CHANGED,
        scope=programme,
        refusals=REFUSALS,
    )


def _refuse_draft(frame: LensVersion) -> None:
    if frame.published_at is None:
        raise ValidationError({"frame": "Select a version that is published"})
