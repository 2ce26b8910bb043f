"""The states of an application as data: what may follow what, who may do it, what people call it.

`programmes.actions.applications.change_state` is the only way from one to another.
"""

from dataclasses import dataclass
from enum import StrEnum

from programmes.models import Application, ApplicationState


class Actor(StrEnum):
    """Who takes a step. Each is a permission on the application."""

    APPLICANT = "programmes.write_application"
    STAFF = "programmes.manage_application"


@dataclass(frozen=True)
class Step:
    """One change of state that is allowed."""

    old: ApplicationState
    new: ApplicationState
    actor: Actor
    label: str
    asks_reason: bool = False


_STATE = ApplicationState

STEPS = (
    Step(_STATE.STARTED, _STATE.SUBMITTED, Actor.APPLICANT, "Submit"),
    Step(_STATE.STARTED, _STATE.WITHDRAWN, Actor.APPLICANT, "Withdraw"),
    Step(_STATE.SUBMITTED, _STATE.STARTED, Actor.APPLICANT, "Take back to change it"),
    Step(_STATE.SUBMITTED, _STATE.WITHDRAWN, Actor.APPLICANT, "Withdraw"),
    Step(_STATE.SUBMITTED, _STATE.CORRECTION, Actor.STAFF, "Ask for a correction", True),
    Step(_STATE.SUBMITTED, _STATE.ELIGIBLE, Actor.STAFF, "Eligible", True),
    Step(_STATE.SUBMITTED, _STATE.NOT_ELIGIBLE, Actor.STAFF, "Not eligible", True),
    Step(_STATE.CORRECTION, _STATE.SUBMITTED, Actor.APPLICANT, "Submit the correction"),
    Step(_STATE.CORRECTION, _STATE.SUBMITTED, Actor.STAFF, "Go on without the correction", True),
    Step(_STATE.CORRECTION, _STATE.WITHDRAWN, Actor.APPLICANT, "Withdraw"),
    Step(_STATE.ELIGIBLE, _STATE.SUBMITTED, Actor.STAFF, "Check eligibility again", True),
    Step(_STATE.NOT_ELIGIBLE, _STATE.SUBMITTED, Actor.STAFF, "Check eligibility again", True),
    Step(_STATE.ELIGIBLE, _STATE.WITHDRAWN, Actor.APPLICANT, "Withdraw"),
    # The release of the decisions, by staff, all at once.
    Step(_STATE.ELIGIBLE, _STATE.SELECTED, Actor.STAFF, "Select"),
    Step(_STATE.ELIGIBLE, _STATE.RESERVE, Actor.STAFF, "Put on the reserve list"),
    Step(_STATE.ELIGIBLE, _STATE.DECLINED, Actor.STAFF, "Decline"),
    Step(_STATE.SELECTED, _STATE.WITHDRAWN, Actor.APPLICANT, "Withdraw"),
    Step(_STATE.RESERVE, _STATE.SELECTED, Actor.STAFF, "Move up", True),
    Step(_STATE.RESERVE, _STATE.WITHDRAWN, Actor.APPLICANT, "Withdraw"),
    # Some withdraw by telephone.
    *(
        Step(state, _STATE.WITHDRAWN, Actor.STAFF, "Record that the place withdrew", True)
        for state in (
            _STATE.STARTED,
            _STATE.SUBMITTED,
            _STATE.CORRECTION,
            _STATE.ELIGIBLE,
            _STATE.SELECTED,
            _STATE.RESERVE,
        )
    ),
)

# What applicants see a state called. Until the release, nothing tells them what was decided.
FOR_APPLICANTS: dict[ApplicationState, str] = {
    _STATE.STARTED: "Not submitted yet",
    _STATE.SUBMITTED: "Submitted",
    _STATE.CORRECTION: "Please correct it",
    _STATE.ELIGIBLE: "With the panel",
    _STATE.NOT_ELIGIBLE: "Not eligible",
    _STATE.SELECTED: "Selected",
    _STATE.RESERVE: "On the reserve list",
    _STATE.DECLINED: "Not selected",
    _STATE.WITHDRAWN: "Withdrawn",
}

MAY_BE_WRITTEN = frozenset({_STATE.STARTED, _STATE.CORRECTION})
READ_BY_THE_PANEL = frozenset({_STATE.ELIGIBLE, _STATE.SELECTED, _STATE.RESERVE, _STATE.DECLINED})


def steps_from(state: str) -> list[Step]:
    return [step for step in STEPS if step.old == state]


def may_be_withdrawn(application: Application) -> bool:
    """Whether its writers may withdraw it as it stands."""
    return any(
        step.new == ApplicationState.WITHDRAWN and step.actor == Actor.APPLICANT
        for step in steps_from(application.state)
    )
