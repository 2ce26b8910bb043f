"""Who may see and do what with a call, its applications and its panel.

Whoever is kept away from an application (`programmes.queries.recusals`) is an outsider to it,
whatever other role they hold.
"""

import rules

from accounts.models import Person
from accounts.permissions import is_operator
from accounts.roles import Role
from programmes.models import Application, Call, PanelMember, Phase, Submission
from programmes.queries.recusals import has_recusals, is_kept_away, readable_by, seats_of
from programmes.queries.switches import switches_of

Scoped = Call | Application


def call_of(row: Scoped) -> Call:
    return row if isinstance(row, Call) else row.call


def _is_held(person: Person, row: Scoped | None, role: Role) -> bool:
    if row is None:
        return False
    return call_of(row).cohort.programme_id in person.scope_ids("programmes.programme", role)


@rules.predicate
def is_staff_of_the_call(person: Person, row: Scoped | None) -> bool:
    return _is_held(person, row, Role.STAFF)


@rules.predicate
def is_evaluator_of_the_call(person: Person, row: Scoped | None) -> bool:
    return _is_held(person, row, Role.EVALUATOR)


@rules.predicate
def is_announced(person: Person, call: Call | None) -> bool:
    return call is not None and call.phase != Phase.PREPARATION


@rules.predicate
def sits_on_the_panel(person: Person, row: Scoped | None) -> bool:
    return row is not None and seats_of(person).filter(call=call_of(row)).exists()


@rules.predicate
def is_applicant(person: Person, application: Application | None) -> bool:
    return application is not None and person.holds(Role.APPLICANT, application)


@rules.predicate
def reads_what_was_submitted(person: Person, submission: Submission | None) -> bool:
    """Its writers, and the staff who manage it."""
    return submission is not None and (
        person.has_perm("programmes.write_application", submission.application)
        or person.has_perm("programmes.manage_application", submission.application)
    )


@rules.predicate
def is_an_applicant(person: Person) -> bool:
    return person.holds_anywhere(Role.APPLICANT)


@rules.predicate
def is_a_panel_member(person: Person) -> bool:
    return person.holds_anywhere(Role.PANEL_MEMBER)


@rules.predicate
def keeps_away(person: Person, application: Application | None) -> bool:
    return application is not None and is_kept_away(application, person)


@rules.predicate
def reads_it_for_the_panel(person: Person, application: Application | None) -> bool:
    if application is None:
        return False
    call = application.call
    if not call.phases.filter(phase=call.phase, members_read=True).exists():
        return False
    member = _seat(person, call)
    return member is not None and readable_by(member).filter(pk=application.pk).exists()


@rules.predicate
def board_is_open(person: Person, call: Call | None) -> bool:
    return call is not None and switches_of(call).board_is_open


@rules.predicate
def sees_the_whole_call(person: Person, call: Call | None) -> bool:
    return call is not None and not has_recusals(call, person)


@rules.predicate
def chairs_while_decisions_are_prepared(person: Person, call: Call | None) -> bool:
    if call is None or not switches_of(call).decisions_are_prepared:
        return False
    return seats_of(person).filter(call=call, is_chair=True).exists()


def _seat(person: Person, call: Call) -> PanelMember | None:
    return seats_of(person).filter(call=call).first()


manages_it = is_staff_of_the_call & ~keeps_away

# A call before it is announced, and what staff see of it later.
rules.add_perm("programmes.view_call_preparation", is_operator | is_staff_of_the_call)
rules.add_perm("programmes.manage_call", is_staff_of_the_call)
# The public page of a call.
rules.add_perm("programmes.view_call", is_announced | is_staff_of_the_call)
rules.add_perm("programmes.sit_on_panel", sits_on_the_panel)
rules.add_perm("programmes.view_panel", is_staff_of_the_call | sits_on_the_panel)
rules.add_perm("programmes.view_board", is_staff_of_the_call | (sits_on_the_panel & board_is_open))
# Nobody who is recused from one application decides on any: what is left over would tell of it.
rules.add_perm(
    "programmes.prepare_decisions",
    sees_the_whole_call & (is_staff_of_the_call | chairs_while_decisions_are_prepared),
)
rules.add_perm("programmes.release_decisions", sees_the_whole_call & is_staff_of_the_call)
rules.add_perm(
    "programmes.know_of_scores",
    is_staff_of_the_call | is_evaluator_of_the_call | sits_on_the_panel,
)
rules.add_perm("programmes.export_scores", is_evaluator_of_the_call)

rules.add_perm("programmes.view_application", is_applicant | manages_it | reads_it_for_the_panel)
rules.add_perm("programmes.write_application", is_applicant)
rules.add_perm("programmes.view_own_applications", is_an_applicant)
rules.add_perm("programmes.view_own_panels", is_a_panel_member)
rules.add_perm("programmes.download_receipt", reads_what_was_submitted)
rules.add_perm("programmes.manage_application", manages_it)
rules.add_perm("programmes.score_application", reads_it_for_the_panel)
