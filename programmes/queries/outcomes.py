"""What an application's own people are told of the decision, once it is released."""

from dataclasses import dataclass

from programmes.models import (
    Application,
    ApplicationState,
    Interest,
    Letter,
    MoveUp,
    Standing,
)
from programmes.queries.letters import Said, feedback_on

# A place that has withdrawn since may read on what was decided.
_MAY_BE_TOLD = frozenset(
    {
        ApplicationState.SELECTED,
        ApplicationState.RESERVE,
        ApplicationState.DECLINED,
        ApplicationState.WITHDRAWN,
    }
)


@dataclass(frozen=True)
class Outcome:
    """The letters that were sent, the feedback, and how many members of the panel took no part."""

    letter: Letter
    move_up: MoveUp | None
    feedback: list[Said]
    recused: int


def outcome_of(application: Application) -> Outcome | None:
    """Nothing, and no query, as long as nothing can be released."""
    if application.state not in _MAY_BE_TOLD:
        return None
    sent = Letter.objects.filter(application=application, sent_at__isnull=False)
    letter = sent.first()
    if letter is None:
        return None
    recused = Interest.objects.filter(application=application, standing=Standing.RECUSED)
    return Outcome(
        letter=letter,
        move_up=MoveUp.objects.filter(application=application).first(),
        feedback=feedback_on(application),
        recused=recused.count(),
    )
