"""Who may see and change a programme, its people, its projects, and the lenses."""

import rules

from accounts.models import Person
from accounts.permissions import has_a_role, is_operator, is_staff_somewhere
from accounts.roles import Role
from programmes.models import Cohort, Programme, ProgrammeImport, Project

Scoped = Programme | Cohort | Project


def programme_of(row: Scoped) -> int:
    return row.pk if isinstance(row, Programme) else row.programme_id


@rules.predicate
def is_staff(person: Person, row: Scoped | None) -> bool:
    return row is not None and programme_of(row) in person.scope_ids(
        "programmes.programme", Role.STAFF
    )


@rules.predicate
def is_evaluator(person: Person, row: Scoped | None) -> bool:
    return row is not None and programme_of(row) in person.scope_ids(
        "programmes.programme", Role.EVALUATOR
    )


@rules.predicate
def has_a_role_in_the_programme(person: Person, row: Scoped | None) -> bool:
    return row is not None and programme_of(row) in person.scope_ids("programmes.programme")


@rules.predicate
def is_enabler_of_the_project(person: Person, row: Scoped | None) -> bool:
    return isinstance(row, Project) and row.pk in person.scope_ids("programmes.project")


@rules.predicate
def is_partner_of_the_place(person: Person, row: Scoped | None) -> bool:
    return isinstance(row, Project) and row.place_id in person.scope_ids("places.place")


@rules.predicate
def belongs_through_a_project(person: Person, row: Scoped | None) -> bool:
    """Enabler of one of its projects, or partner of a place that has one."""
    if row is None:
        return False
    projects = Project.objects.filter(programme=programme_of(row))
    return (
        projects.filter(pk__in=person.scope_ids("programmes.project")).exists()
        or projects.filter(place__in=person.scope_ids("places.place")).exists()
    )


@rules.predicate
def uploaded_it(person: Person, row: ProgrammeImport | None) -> bool:
    """A file may hold what people said, which other staff may not read: it is its uploader's alone."""
    return row is not None and row.uploaded_by_id == person.pk


is_member = is_operator | has_a_role_in_the_programme | belongs_through_a_project

may_import = is_operator | is_staff_somewhere

rules.add_perm("programmes.view_programmes", has_a_role)  # the list of one's own
rules.add_perm("programmes.view_programme", is_member)
rules.add_perm("programmes.change_programme", is_staff)
rules.add_perm("programmes.view_cohort", is_member)
rules.add_perm("programmes.change_cohort", is_staff)
rules.add_perm("programmes.view_gaps", is_staff_somewhere)
rules.add_perm("programmes.create_programme", is_operator | is_staff_somewhere)
rules.add_perm("programmes.import_programme", may_import)
rules.add_perm("programmes.view_import", may_import & uploaded_it)
rules.add_perm("programmes.view_people", is_operator | is_staff)
rules.add_perm("programmes.invite", is_operator | is_staff)
rules.add_perm("programmes.view_audit", is_operator | is_staff)
rules.add_perm("programmes.view_shared_audit", is_operator | is_staff_somewhere)

# A project is seen by the programme's own people, its enabler and its place's partners. The enabler
# or partner of another project knows that it exists only from what is published.
rules.add_perm(
    "programmes.view_project",
    is_operator | has_a_role_in_the_programme | is_enabler_of_the_project | is_partner_of_the_place,
)
rules.add_perm("programmes.change_project", is_staff)

rules.add_perm("programmes.view_lens", has_a_role)
rules.add_perm("programmes.change_lens", is_staff_somewhere)
