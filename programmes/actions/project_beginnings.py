"""A selected application becomes a project, with its place, partners, sponsors and funding."""

from typing import Any

from django.db.models import Value
from django.db.models.functions import Lower

from accounts.actions.rows import add
from accounts.models import Person
from places.actions.organisations import create_organisation
from places.actions.partnerships import add_organisation_to_place, change_partnership
from places.models import Organisation, Partnership, Place, Sector
from programmes.actions.projects import create_project
from programmes.events import ProjectEvent
from programmes.models import Application, Funding, Programme, Project, Sponsor
from programmes.queries.submissions import Answered, latest_submission, read_submission
from programmes.queries.supports import backings_of

LONGEST_FOCUS = 300  # characters: it heads the project's page, and the application holds the rest
LONGEST_NAME = 200


def begin_project(application: Application, *, focus: str, by: Person) -> Project:
    """Inside the transaction of whoever has checked that it may. `focus` is the key of a question."""
    call = application.call
    assert application.place is not None
    submission = latest_submission(application)
    answers = read_submission(submission) if submission else []
    project = create_project(
        programme=call.cohort.programme,
        by=by,
        place=application.place,
        cohort=call.cohort,
        focus=_focus(answers, focus) or call.title,
        application=application,
    )
    for row in _partners(answers):
        _take_part(application.place, row, by)
    _record_backing(project, application, by)
    return project


def _focus(answers: list[Answered], key: str) -> str:
    found = (each.value for each in answers if each.question.key == key and each.is_answered)
    return shortened(str(next(found, "")))


def shortened(text: str) -> str:
    """The first sentences that fit; of one that is too long, its first words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_FOCUS:
        return text
    start = text[: LONGEST_FOCUS - 1]
    ends = [start.rfind(mark) for mark in (". ", "? ", "! ")]
    if max(ends) > 0:
        return start[: max(ends) + 1]
    return f"{start.rpartition(' ')[0] or start}…"


def _partners(answers: list[Answered]) -> list[dict[str, Any]]:
    rows = [row for each in answers if each.partners for row in each.value]
    return [row for row in rows if " ".join(row["organisation"].split())]


def _take_part(place: Place, row: dict[str, Any], by: Person) -> None:
    """The organisation of this name, found or added, as a partner of the place."""
    name = " ".join(row["organisation"].split())[:LONGEST_NAME]
    same_name = Organisation.objects.alias(low=Lower("name")).filter(low=Lower(Value(name)))
    organisation: Organisation | None = same_name.first()
    if organisation is None:
        sector = row.get("sector")
        known = sector if sector in Sector.values else Sector.OTHER
        organisation = create_organisation(by=by, name=name, sector=known)
    partnership = Partnership.objects.filter(place=place, organisation=organisation).first()
    if partnership is None:
        part = str(row.get("part", "")).strip()[:LONGEST_NAME]
        add_organisation_to_place(place=place, organisation=organisation, by=by, part=part)
    elif partnership.left_on is not None:  # it has come back
        change_partnership(partnership=partnership, by=by, left_on=None)


def _record_backing(project: Project, application: Application, by: Person) -> None:
    programme: Programme = project.programme
    for backing in backings_of(application):
        support = backing.support
        if support is None or not support.is_confirmed:
            continue
        sponsor = Sponsor(
            project=project,
            role=backing.supporter.who,
            name=support.name,
            post=support.post,
            organisation=support.organisation,
            support=support,
        )
        add(sponsor, by=by, kind=ProjectEvent.SPONSORED, scope=programme)
        if support.amount:
            source = support.organisation or support.name
            funding = Funding(
                project=project, source=source, amount=support.amount, support=support
            )
            add(funding, by=by, kind=ProjectEvent.FUNDED, scope=programme)
