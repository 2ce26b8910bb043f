"""What an answer was before: the revisions of it, one of each sitting."""

from collections.abc import Iterable
from datetime import timedelta

from programmes.models import Answer, AnswerRevision

SITTING = timedelta(minutes=10)  # a page that saves itself makes a revision of every pause


def wordings_of(answer: Answer) -> list[AnswerRevision]:
    """Without their values, the latest first; of what one person saved in one sitting, the last."""
    rows = answer.revisions.order_by("-number").defer("value")
    return _last_of_each_sitting(rows)


def _last_of_each_sitting(rows: Iterable[AnswerRevision]) -> list[AnswerRevision]:
    kept: list[AnswerRevision] = []
    later: AnswerRevision | None = None
    for row in rows:
        if later is None or not _is_one_sitting(row, later):
            kept.append(row)
        later = row
    return kept


def _is_one_sitting(row: AnswerRevision, later: AnswerRevision) -> bool:
    return row.saved_by_id == later.saved_by_id and later.saved_at - row.saved_at < SITTING
