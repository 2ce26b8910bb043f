"""Who may see and do what with an MOU.

Staff, the project's enabler and the place's partners see it all the time: it is theirs. Who speaks
for one of its parties is a row of its own, since partners belong to places and not to organisations.
"""

import rules

from accounts.models import Person
from accounts.permissions import is_operator, is_staff_somewhere
from accounts.roles import Role
from programmes.models import MOU, Commitment, MOUVersion, Party, Representative
from programmes.permissions.programmes import (
    is_enabler_of_the_project,
    is_evaluator,
    is_staff,
)

Scoped = MOU | Party | Commitment | MOUVersion


def mou_of(row: Scoped) -> MOU:
    return row if isinstance(row, MOU) else row.mou


def _is_held(person: Person, row: Scoped | None, role: Role) -> bool:
    if row is None:
        return False
    return mou_of(row).project.programme_id in person.scope_ids("programmes.programme", role)


@rules.predicate
def is_staff_of_the_mou(person: Person, row: Scoped | None) -> bool:
    return _is_held(person, row, Role.STAFF)


@rules.predicate
def is_evaluator_of_the_mou(person: Person, row: Scoped | None) -> bool:
    return _is_held(person, row, Role.EVALUATOR)


@rules.predicate
def is_enabler_of_the_mou(person: Person, row: Scoped | None) -> bool:
    return row is not None and mou_of(row).project_id in person.scope_ids(
        "programmes.project", Role.ENABLER
    )


@rules.predicate
def is_partner_of_the_mou(person: Person, row: Scoped | None) -> bool:
    return row is not None and mou_of(row).project.place_id in person.scope_ids(
        "places.place", Role.PARTNER
    )


@rules.predicate
def is_a_partner(person: Person) -> bool:
    """Of any place."""
    return person.holds_anywhere(Role.PARTNER)


@rules.predicate
def is_an_enabler(person: Person) -> bool:
    return person.holds_anywhere(Role.ENABLER)


@rules.predicate
def speaks_for_a_party(person: Person, row: Scoped | None) -> bool:
    """For the party itself, or the one whose commitment it is; for an MOU, any of its parties."""
    if row is None:
        return False
    seats = Representative.objects.filter(person=person, ended_at=None, party__left_on=None)
    if isinstance(row, MOU | MOUVersion):
        return seats.filter(party__mou=mou_of(row)).exists()
    return seats.filter(party=row if isinstance(row, Party) else row.party).exists()


facilitates = is_staff_of_the_mou | is_enabler_of_the_mou

rules.add_perm(
    "programmes.view_mou",
    is_operator | facilitates | is_evaluator_of_the_mou | is_partner_of_the_mou,
)
rules.add_perm("programmes.view_own_mous", is_a_partner)
rules.add_perm("programmes.view_held_up", is_staff_somewhere | is_an_enabler)
# How alive it is: the place's figures of today; others get them later (ADR 17).
rules.add_perm("programmes.see_liveness_first", is_enabler_of_the_mou | is_partner_of_the_mou)
rules.add_perm("programmes.list_mous", is_operator | is_staff | is_evaluator)
rules.add_perm("programmes.begin_mou", is_staff | is_enabler_of_the_project)
rules.add_perm("programmes.change_mou_template", is_staff)
# Sending, voiding, extending, uploading a signed page.
rules.add_perm("programmes.manage_mou", is_staff_of_the_mou)
# Taking wordings in, arranging clauses and parties, noting a review.
rules.add_perm("programmes.facilitate_mou", facilitates)
# Proposing a wording and remarking: those who facilitate too, for nobody.
rules.add_perm(
    "programmes.propose_wording", facilitates | (is_partner_of_the_mou & speaks_for_a_party)
)
rules.add_perm("programmes.speak_for_party", is_partner_of_the_mou & speaks_for_a_party)
rules.add_perm(
    "programmes.update_commitment", facilitates | (is_partner_of_the_mou & speaks_for_a_party)
)
