"""What the rows of this room's sheets come to: what is new, what would change, what is at fault."""

from typing import Any

from accounts.actions.audit import first_values
from accounts.actions.memberships import grant_role
from accounts.models import Person
from accounts.roles import Role
from accounts.slugs import RESERVED, unused_slug
from places.events import OrganisationEvent, PartnershipEvent, PlaceEvent
from places.models import Organisation, Partnership, Place
from programmes.events import CohortEvent, ProgrammeEvent, ProjectEvent
from programmes.importing.faults import quoted
from programmes.importing.plans import Batch, Counts, Plan, Step, add_planner
from programmes.importing.tables import Row
from programmes.importing.words import bare, folded, suggestion
from programmes.models import Cohort, Lens, LensVersion, Programme, Project

DEFAULT_FRAME = "crosby-bryson"


class FirstStaff(Step):
    """Whoever brings a new programme is of its staff, as whoever adds one by hand."""

    label = ""

    def counts(self) -> Counts:
        return Counts()

    def save(self, *, by: Person | None, programme: Programme) -> None:
        if by:
            grant_role(person=by, role=Role.STAFF, scope=programme, by=by, within=programme)


def plan_programme(plan: Plan) -> None:
    rows = plan.tables["programme"]
    for row in rows[1:]:
        plan.fault(row, "name", "A file holds one programme. Put this one in a file of its own.")
    if not rows:
        plan.faults.add("programme", 0, "", "Fill in one row: which programme this is.")
        return
    row = rows[0]
    if "name" in row.unreadable:
        return
    batch = Batch(
        "programmes",
        Programme,
        ProgrammeEvent.CREATED,
        ProgrammeEvent.CHANGED,
        first=first_values,
    )
    plan.add(batch)
    held = {folded(programme.name): programme for programme in Programme.objects.all()}
    values = renamed(
        row,
        run_by="run_by",
        on_behalf_of="on_behalf_of",
        country="country",
        started="started",
        invented="is_invented",
    )
    found = held.get(folded(row["name"]))
    _check_slug(plan, row, found, list(held.values()))
    frame = _frame(plan, row, found)
    if found is None:
        taken = {programme.slug for programme in held.values()}
        slug = row["slug"] or unused_slug(row["name"], taken, "programme")
        plan.programme = batch.create(Programme(name=row["name"], slug=slug, frame=frame, **values))
        plan.add(FirstStaff())
    elif _may_change(plan, row, found):
        plan.programme = batch.compare(found, values)


def _check_slug(plan: Plan, row: Row, found: Programme | None, held: list[Programme]) -> None:
    slug = row["slug"]
    if slug is None:
        return
    if found is not None and found.slug != slug:
        plan.fault(
            row,
            "slug",
            f"{found.name} is held already, as {quoted(found.slug)}. Write that, or leave this empty.",
        )
    if slug in RESERVED:
        plan.fault(row, "slug", f"{quoted(slug)} is the address of another page. Write another.")
    for programme in held:
        if found is None and programme.slug == slug:
            plan.fault(
                row,
                "slug",
                f"{quoted(slug)} belongs to the programme {programme.name}. Write another, or"
                " that programme's name.",
            )


def _frame(plan: Plan, row: Row, found: Programme | None) -> LensVersion | None:
    """The latest published version of the lens that is named, or of the usual one."""
    name: str | None = row["lens"]
    lenses = list(Lens.objects.all())
    for lens in lenses:
        if bare(lens.name) == bare(name) if name else lens.slug == DEFAULT_FRAME:
            break
    else:
        if name:
            names = [lens.name for lens in lenses]
            plan.fault(
                row, "lens", f"There is no lens called {quoted(name)}.{suggestion(name, names)}"
            )
        elif found is None:
            plan.faults.add(
                "", 0, "", "The lenses are not there yet. An operator runs: manage.py ship_lenses."
            )
        return None
    if found is not None:
        if name and found.frame.lens_id != lens.pk:
            plan.fault(
                row,
                "lens",
                f"The findings of {found.name} are ordered by {found.frame.lens}. Leave this empty.",
            )
        return found.frame
    version = lens.versions.filter(published_at__isnull=False).order_by("-number").first()
    if version is None:
        plan.fault(row, "lens", f"The lens {lens.name} is not published yet.")
    return version


def _may_change(plan: Plan, row: Row, programme: Programme) -> bool:
    """Otherwise nothing more is checked: faults compare the file with what the programme holds."""
    if plan.by is None or plan.by.has_perm("programmes.change_programme", programme):
        return True
    plan.fault(
        row,
        "name",
        f"{programme.name} is held already, and only its staff may import into it."
        " Ask one of them.",
    )
    return False


def plan_places(plan: Plan) -> None:
    batch = Batch(
        "places",
        Place,
        PlaceEvent.CREATED,
        PlaceEvent.CHANGED,
        is_register=True,
        first=first_values,
    )
    plan.add(batch)
    plan.places = {folded(place.name): place for place in Place.objects.all()}
    taken = {place.slug for place in plan.places.values()}
    for row in plan.rows("places"):
        values = renamed(
            row,
            region="region",
            area_code="area_code",
            area_type="area_type",
            note="note",
            invented="is_invented",
        )
        name = folded(row["place"])
        if name in plan.places:
            batch.compare(plan.places[name], values)
            continue
        slug = unused_slug(row["place"], taken, "place")
        taken.add(slug)
        plan.places[name] = batch.create(Place(name=row["place"], slug=slug, **values))


def plan_projects(plan: Plan) -> None:
    programme = plan.programme
    assert programme is not None
    cohorts = Batch("cohorts", Cohort, CohortEvent.CREATED, None, first=first_values)
    projects = Batch(
        "projects", Project, ProjectEvent.CREATED, ProjectEvent.CHANGED, first=first_values
    )
    plan.add(cohorts)
    plan.add(projects)
    taken: set[str] = set()
    if programme.pk:
        plan.cohorts = {cohort.number: cohort for cohort in programme.cohorts.all()}
        held = programme.projects.select_related("place", "cohort")
        if plan.asked.is_for_saving:
            # Numbers of evidence and excerpts are given out under a lock of the project's row.
            held = held.select_for_update(no_key=True, of=("self",))
        for project in held:
            _note_project(plan, project)
            taken.add(project.slug)
    for row in plan.rows("projects"):
        place = plan.place_of(row)
        if place is None:
            continue
        number = row["cohort"]
        cohort = plan.cohorts.get(number)
        if cohort is None:
            cohort = plan.cohorts[number] = cohorts.create(
                Cohort(programme=programme, number=number)
            )
        values = renamed(row, focus="focus", note="note", invented="is_invented")
        found = plan.projects.get(folded(place.name), {}).get(number)
        if found is not None:
            projects.compare(found, values)
            continue
        slug = unused_slug(place.slug, taken, "project")
        taken.add(slug)
        project = Project(programme=programme, cohort=cohort, place=place, slug=slug, **values)
        _note_project(plan, projects.create(project))


def _note_project(plan: Plan, project: Project) -> None:
    of_place = plan.projects.setdefault(folded(project.place.name), {})
    of_place[project.cohort.number] = project


def plan_organisations(plan: Plan) -> None:
    batch = Batch(
        "organisations",
        Organisation,
        OrganisationEvent.CREATED,
        OrganisationEvent.CHANGED,
        is_register=True,
        first=first_values,
    )
    plan.add(batch)
    plan.organisations = {folded(held.name): held for held in Organisation.objects.all()}
    taken = {held.slug for held in plan.organisations.values()}
    for row in plan.rows("organisations"):
        values = renamed(
            row, sector="sector", website="website", note="note", invented="is_invented"
        )
        name = folded(row["organisation"])
        if name in plan.organisations:
            batch.compare(plan.organisations[name], values)
            continue
        slug = unused_slug(row["organisation"], taken, "organisation")
        taken.add(slug)
        new = Organisation(name=row["organisation"], slug=slug, **values)
        plan.organisations[name] = batch.create(new)


def plan_partnerships(plan: Plan) -> None:
    batch = Batch(
        "partnerships",
        Partnership,
        PartnershipEvent.CREATED,
        PartnershipEvent.CHANGED,
        is_register=True,
        first=first_values,
    )
    plan.add(batch)
    rows = list(plan.rows("partnerships"))
    held = (
        {
            (partnership.place_id, partnership.organisation_id): partnership
            for partnership in Partnership.objects.filter(
                place__in=[place for place in plan.places.values() if place.pk]
            ).select_related("place", "organisation")
        }
        if rows
        else {}
    )
    for row in rows:
        place, organisation = plan.place_of(row), plan.organisation_of(row)
        if place is None or organisation is None:
            continue
        values = renamed(row, part="part", joined="joined_on", left="left_on")
        found = held.get((place.pk, organisation.pk))
        if found is None:
            partnership = batch.create(
                Partnership(place=place, organisation=organisation, **values)
            )
        else:
            partnership = batch.compare(found, values)
        if (
            partnership.joined_on
            and partnership.left_on
            and partnership.left_on < partnership.joined_on
        ):
            plan.fault(
                row,
                "left",
                f"This is before it joined, on {partnership.joined_on:%d/%m/%Y}."
                " Put one of the dates right.",
            )


def renamed(row: Row, **fields: str) -> dict[str, Any]:
    """The row's values by the names of the model's fields; a blank cell leaves its field as it is."""
    return {fields[column]: value for column, value in row.given(*fields).items()}


add_planner(plan_programme, order=10)
add_planner(plan_places, order=20)
add_planner(plan_projects, order=30)
add_planner(plan_organisations, order=40)
add_planner(plan_partnerships, order=50)
