"""The kinds of user, the groups they are named by, and the table of what each is answered."""

from enum import StrEnum

SIGN_IN = "sign in"
Answer = int | str
Table = dict["Kind", Answer]


class Kind(StrEnum):
    ANONYMOUS = "anonymous"
    NO_ROLE = "no_role"
    STAFF_ELSEWHERE = "staff_elsewhere"  # staff of another programme
    STAFF = "staff"
    PANEL_MEMBER = "panel_member"  # who may read the application
    RECUSED = "recused"  # a panel member who is recused from it
    ENABLER = "enabler"  # of this project
    ENABLER_ELSEWHERE = "enabler_elsewhere"  # of another project of this programme
    PARTNER = "partner"  # of this place
    PARTNER_ELSEWHERE = "partner_elsewhere"  # of another place of this programme
    EVALUATOR = "evaluator"
    EVALUATOR_ELSEWHERE = "evaluator_elsewhere"  # of another programme
    APPLICANT = "applicant"  # who writes the application
    APPLICANT_ELSEWHERE = "applicant_elsewhere"
    OPERATOR = "operator"


_programme = {Kind.STAFF, Kind.PANEL_MEMBER, Kind.RECUSED, Kind.EVALUATOR}
_project = {Kind.ENABLER, Kind.PARTNER}
_other_project = {Kind.ENABLER_ELSEWHERE, Kind.PARTNER_ELSEWHERE}
_applicants = {Kind.APPLICANT, Kind.APPLICANT_ELSEWHERE}
_signed_in = set(Kind) - {Kind.ANONYMOUS}

GROUPS: dict[str, set[Kind]] = {
    "everyone": set(Kind),
    "signed_in": _signed_in,
    "any_role": _signed_in - {Kind.NO_ROLE} - _applicants,  # that staff grant
    "any_staff": {Kind.STAFF, Kind.STAFF_ELSEWHERE},
    # Applicants hold a role in their application alone; recused from one, a member is one elsewhere.
    "no_role": {Kind.NO_ROLE} | _applicants,
    "panel_member": {Kind.PANEL_MEMBER, Kind.RECUSED},
    "any_evaluator": {Kind.EVALUATOR, Kind.EVALUATOR_ELSEWHERE},
    # Who holds a role in the programme itself, or in its project (and place) of the world.
    "programme": _programme,
    "project": _project,
    "other_project": _other_project,
    # Whoever may see the programme, the operator among them; without `other_project`, its project.
    "members": _programme | _project | _other_project | {Kind.OPERATOR},
    "project_members": _programme | _project | {Kind.OPERATOR},
}


def answers(others: int, /, **named: Answer) -> Table:
    """The whole table: what kinds and groups are named for, `others` for the rest who are signed in."""
    table: Table = dict.fromkeys(Kind, others) | {Kind.ANONYMOUS: SIGN_IN}
    for name, answer in named.items():
        for kind in GROUPS.get(name) or {Kind(name)}:
            table[kind] = answer
    return table
