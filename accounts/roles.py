"""The roles, each with the plain-English description shown to whoever grants it."""

from django.db import models


class Role(models.TextChoices):
    STAFF = "staff", "Programme staff"
    PANEL_MEMBER = "panel_member", "Panel member"
    ENABLER = "enabler", "Enabler"
    PARTNER = "partner", "Partner"
    EVALUATOR = "evaluator", "Evaluator"
    APPLICANT = "applicant", "Applicant"

    @property
    def held_in(self) -> str:
        """The kind of scope that it is held in."""
        return HELD_IN.get(self, "programmes.programme")

    @property
    def is_granted_by_staff(self) -> bool:
        """Applicants start by themselves, and invite their own colleagues."""
        return self != Role.APPLICANT

    @property
    def description(self) -> str:
        return DESCRIPTIONS[self]


HELD_IN: dict[Role, str] = {
    Role.ENABLER: "programmes.project",
    Role.PARTNER: "places.place",
    Role.APPLICANT: "programmes.application",
}

DESCRIPTIONS: dict[Role, str] = {
    Role.STAFF: (
        "Runs the programme: edits its places, organisations, cohorts and projects, imports and"
        " exports them, invites people, and reads the audit trail. Cannot read interview texts."
    ),
    Role.PANEL_MEMBER: (
        "Reads and scores applications to this programme. Sees its places and projects, and"
        " no evidence."
    ),
    Role.ENABLER: (
        "Works with the partners of one project as its independent facilitator. Sees that project"
        " and its published case study."
    ),
    Role.PARTNER: (
        "Belongs to one place. Sees its organisations, its projects and their published case"
        " studies."
    ),
    Role.EVALUATOR: (
        "Holds the programme's evidence: adds and codes it, writes case studies and the evaluation"
        " report. The only role that reads interview texts."
    ),
    Role.APPLICANT: (
        "Writes one application to a call together with colleagues, submits it, and reads what"
        " was decided. Sees that application alone."
    ),
}

# Not a role that anyone can grant in a page: `manage.py create_operator`.
OPERATOR_DESCRIPTION = (
    "Keeps Placework running: sets up programmes and their first staff, and sees every programme,"
    " but no interview texts."
)
