"""The phases of a call as data: what may follow what, and what the panel may do in each.

Every call has its own rows of switches (`CallPhase`), which staff may change; these are the first.
"""

from dataclasses import dataclass

from programmes.models import Phase, ScoresOfOthers


@dataclass(frozen=True)
class Switches:
    """What members of the panel may see and do in one phase."""

    members_declare: bool = False
    members_read: bool = False
    members_score: bool = False
    scores_of_others: ScoresOfOthers = ScoresOfOthers.NEVER
    board_is_open: bool = False
    decisions_are_prepared: bool = False


SHIPPED: dict[Phase, Switches] = {
    Phase.PREPARATION: Switches(),
    Phase.APPLICATIONS: Switches(),
    Phase.ELIGIBILITY: Switches(),
    Phase.CONFLICTS: Switches(members_declare=True),
    Phase.SCORING: Switches(
        members_declare=True,
        members_read=True,
        members_score=True,
        scores_of_others=ScoresOfOthers.AFTER_OWN,
    ),
    Phase.MEETING: Switches(
        members_declare=True,
        members_read=True,
        members_score=True,
        scores_of_others=ScoresOfOthers.AFTER_OWN,
        board_is_open=True,
        decisions_are_prepared=True,
    ),
    Phase.RELEASED: Switches(),
}


@dataclass(frozen=True)
class Step:
    """One change of phase that is allowed. Only staff take them."""

    old: Phase
    new: Phase
    label: str  # on the button
    means: str  # beside it
    asks_reason: bool = False


STEPS = (
    Step(
        Phase.PREPARATION,
        Phase.APPLICATIONS,
        "Announce the call",
        "Puts the call on the public page. Places can apply from its opening until it closes."
        " Questions and criteria are fixed from now on.",
    ),
    Step(
        Phase.APPLICATIONS,
        Phase.PREPARATION,
        "Take the call back",
        "Takes it off the public page. Only possible before anyone has started an application.",
        asks_reason=True,
    ),
    Step(
        Phase.APPLICATIONS,
        Phase.ELIGIBILITY,
        "Check eligibility",
        "No further application can be submitted, but for extensions that you have granted.",
    ),
    Step(
        Phase.ELIGIBILITY,
        Phase.APPLICATIONS,
        "Open applications again",
        "Lets places submit again, if the closing time is put later.",
        asks_reason=True,
    ),
    Step(
        Phase.ELIGIBILITY,
        Phase.CONFLICTS,
        "Ask the panel for conflicts",
        "Members see the places that applied, and declare their conflicts. No text is open yet.",
    ),
    Step(
        Phase.CONFLICTS,
        Phase.ELIGIBILITY,
        "Back to eligibility",
        "Closes the declarations. What was declared is kept.",
        asks_reason=True,
    ),
    Step(
        Phase.CONFLICTS,
        Phase.SCORING,
        "Open the applications to the panel",
        "Members who have declared everything read and score what they are not recused from.",
    ),
    Step(
        Phase.SCORING,
        Phase.CONFLICTS,
        "Back to conflicts",
        "Closes the applications to the panel. Scores are kept.",
        asks_reason=True,
    ),
    Step(
        Phase.SCORING,
        Phase.MEETING,
        "Begin the panel meeting",
        "Opens the board, on which decisions are prepared.",
    ),
    Step(
        Phase.MEETING,
        Phase.SCORING,
        "Back to scoring",
        "Closes the board to the panel. Decisions that were prepared are kept.",
        asks_reason=True,
    ),
)
# The last step, to RELEASED, is the release of the decisions: `programmes.actions.release`.


def steps_from(phase: str) -> list[Step]:
    return [step for step in STEPS if step.old == phase]


def next_step(phase: str) -> Step | None:
    """The step forward: it is not asked for a reason. Before the release there is none."""
    return next((step for step in steps_from(phase) if not step.asks_reason), None)
