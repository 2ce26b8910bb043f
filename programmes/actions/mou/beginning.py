"""Beginning an MOU: its first version as the template has it, and its parties as the place has them."""

from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.actions.rows import Refusals, change, save_or_refuse
from accounts.models import Person
from places.models import Partnership
from programmes.actions.mou.drafts import IS_OUT, check_goes_on, is_out, locked_mou
from programmes.actions.mou.noting import note
from programmes.actions.mou.templates import template_of
from programmes.events import MOUEvent
from programmes.models import (
    MOU,
    Clause,
    MOUVersion,
    Party,
    Project,
    VersionClause,
    Wording,
    WordingState,
)

REFUSALS: Refusals = {
    "programmes_mou_project_id_key": {"__all__": "This project has an MOU already. Open that one"},
}


@transaction.atomic
def begin_mou(*, project: Project, by: Person, title: str = "", site: str = "") -> MOU:
    """Version 1 in draft. The organisations that belong to the place now are its parties. `site` is where
    people reach us.
    """
    if not by.has_perm("programmes.begin_mou", project):
        raise PermissionDenied
    template = template_of(project.programme)
    mou = MOU(
        project=project,
        title=title or template.title,
        created_by=by,
        created_by_name=str(by),
        site=site,
    )
    save_or_refuse(mou, REFUSALS)
    version = MOUVersion.objects.create(mou=mou, number=1)
    for number, shipped in enumerate(template.clauses.order_by("position"), 1):
        clause = Clause.objects.create(mou=mou, key=shipped.key)
        wording = _first_wording(clause, shipped.heading, shipped.text, by)
        VersionClause.objects.create(version=version, clause=clause, wording=wording, number=number)
    today = timezone.localdate()
    Party.objects.bulk_create(
        Party(mou=mou, organisation=each.organisation, part=each.part, joined_on=today)
        for each in _partnerships(project, today)
    )
    note(MOUEvent.BEGUN, mou, by=by)
    return mou


@transaction.atomic
def change_mou(*, mou: MOU, title: str, review_on: date | None, by: Person) -> MOU:
    """Its title and review date; while a version is out to be signed they stay as they are."""
    current = locked_mou(mou)
    check_goes_on(current)
    if is_out(current):
        raise ValidationError(IS_OUT)
    return change(
        current,
        {"title": title, "review_on": review_on},
        by=by,
        kind=MOUEvent.CHANGED,
        scope=current.project.programme,
    )


def _first_wording(clause: Clause, heading: str, text: str, by: Person) -> Wording:
    """From the template: taken in from the beginning."""
    return Wording.objects.create(
        clause=clause,
        number=1,
        heading=heading,
        text=text,
        proposed_by=by,
        proposed_by_name=str(by),
        state=WordingState.TAKEN,
        settled_at=timezone.now(),
        settled_by=by,
    )


def _partnerships(project: Project, today: date) -> list[Partnership]:
    rows = Partnership.objects.filter(place=project.place).exclude(left_on__lte=today)
    return list(rows.select_related("organisation").order_by("organisation__name"))
