"""Scores as members of the panel may see them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from programmes.models import (
    Application,
    CallPhase,
    Criterion,
    PanelMember,
    Score,
    ScoreSheet,
    ScoresOfOthers,
)


@dataclass(frozen=True)
class Row:
    """What one member made of each criterion, in the criteria's order; None where not scored."""

    member: PanelMember
    comment: str
    scores: list[Score | None]


def shows_others(switches: CallPhase, own: ScoreSheet | None) -> bool:
    """Whether a member sees what others scored on an application, by the phase's switch."""
    if switches.scores_of_others == ScoresOfOthers.AFTER_OWN:
        return own is not None and own.submitted_at is not None
    return switches.scores_of_others == ScoresOfOthers.ALWAYS


def submitted_by_others(
    member: PanelMember, application: Application, criteria: Sequence[Criterion]
) -> list[Row]:
    """What other members submitted on an application that `member` may read: two queries."""
    sheets = (
        ScoreSheet.objects.filter(application=application, submitted_at__isnull=False)
        .exclude(member=member)
        .select_related("member__person")
        .prefetch_related(Prefetch("scores", Score.objects.all()))
        .order_by("member__person__name")
    )
    return [Row(each.member, each.comment, _in_order(each, criteria)) for each in sheets]


def _in_order(sheet: ScoreSheet, criteria: Sequence[Criterion]) -> list[Score | None]:
    by_criterion = {score.criterion_id: score for score in sheet.scores.all()}
    return [by_criterion.get(criterion.pk) for criterion in criteria]
