"""What staff can do with an application, as data: in which states, and until the panel has it."""

from dataclasses import dataclass

from programmes.application_states import Actor, steps_from
from programmes.models import Application, ApplicationState, Phase

_STATE = ApplicationState
# Later the panel has the applications: what it reads does not change beneath it.
CHECKED_IN = frozenset({Phase.APPLICATIONS, Phase.ELIGIBILITY})
MAY_WITHDRAW = frozenset(
    state
    for state in ApplicationState
    for step in steps_from(state)
    if step.new == _STATE.WITHDRAWN and step.actor == Actor.STAFF
)


@dataclass(frozen=True)
class Check:
    """One thing to do: its page, and when it can be done."""

    url_name: str
    label: str
    means: str
    states: frozenset[ApplicationState]
    phases: frozenset[Phase] = CHECKED_IN

    def fits(self, application: Application) -> bool:
        return application.state in self.states and application.call.phase in self.phases


ELIGIBILITY = Check(
    "programmes:application_eligibility",
    "Decide on eligibility",
    "Say whether the panel reads it, and why.",
    frozenset({_STATE.SUBMITTED}),
)
CORRECTION = Check(
    "programmes:application_correction",
    "Ask for a correction",
    "Opens it to those who write it until a date that you set. They are told by e-mail what to put"
    " right.",
    frozenset({_STATE.SUBMITTED}),
)
CORRECTION_CLOSE = Check(
    "programmes:application_correction_close",
    "Go on without the correction",
    "What was submitted before stands, and can be decided on.",
    frozenset({_STATE.CORRECTION}),
)
RECHECK = Check(
    "programmes:application_recheck",
    "Check eligibility again",
    "Takes the decision on eligibility back. Both stay on record.",
    frozenset({_STATE.ELIGIBLE, _STATE.NOT_ELIGIBLE}),
)
EXTENSION = Check(
    "programmes:application_extension",
    "Grant more time",
    "Lets this application be submitted after the call has closed. Its writers are told by e-mail.",
    frozenset({_STATE.STARTED}),
)
WITHDRAWAL = Check(
    "programmes:application_withdrawal",
    "Record that the place withdrew",
    "For a place that says so by telephone or letter. It cannot be undone. Those who write it are"
    " told by e-mail.",
    MAY_WITHDRAW,
    frozenset(Phase),
)
CHECKS = (ELIGIBILITY, CORRECTION, CORRECTION_CLOSE, RECHECK, EXTENSION, WITHDRAWAL)


def checks_of(application: Application) -> list[Check]:
    """What can be done with it now."""
    return [check for check in CHECKS if check.fits(application)]
