"""Letters as staff see them before they leave: nobody comes here who is recused from an application."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db import connection
from django.db.models.expressions import RawSQL

from programmes.application_states import READ_BY_THE_PANEL
from programmes.letters import SHIPPED, Words
from programmes.models import (
    Application,
    Call,
    Decision,
    Interest,
    Letter,
    Score,
    Standing,
)
from programmes.queries.decisions import Verdict, verdict_of

LEAST = 3  # letters of a part of a name that is worth a warning


class LetterStatus(StrEnum):
    """What is still to be done with a letter, as its tag says it."""

    MISSING = "Not drafted"
    STALE = "Decision has changed"
    UNREAD = "To read"
    READ = "Read"
    SENT = "Sent"


@dataclass(frozen=True)
class Post:
    """A decision with its letter."""

    decision: Decision
    decided: int  # number of the decision's latest change
    letter: Letter | None

    @property
    def application(self) -> Application:
        return self.decision.application

    @property
    def verdict(self) -> Verdict:
        return verdict_of(self.decision)

    @property
    def status(self) -> LetterStatus:
        letter = self.letter
        if letter is None:
            return LetterStatus.MISSING
        if letter.sent_at is not None:
            return LetterStatus.SENT
        if not self.fits(letter):
            return LetterStatus.STALE
        is_read = letter.read_at is not None and letter.decision_number == self.decided
        return LetterStatus.READ if is_read else LetterStatus.UNREAD

    @property
    def is_to_be_told(self) -> bool:
        """Unless it withdrew before anything was sent."""
        is_sent = self.letter is not None and self.letter.sent_at is not None
        return is_sent or self.application.state in READ_BY_THE_PANEL

    def fits(self, letter: Letter) -> bool:
        """Whether it was written for what is decided now."""
        written_for = (letter.outcome, letter.reserve_order)
        return written_for == (self.decision.outcome, self.decision.reserve_order)

    @property
    def is_to_do(self) -> bool:
        return self.status not in (LetterStatus.READ, LetterStatus.SENT)


def letters_of(call: Call) -> list[Post]:
    """Of every application that is decided and has not withdrawn, in order of number: one query."""
    rows = _DECIDED.filter(application__call=call).order_by("application__number")
    return [post for post in map(_post, rows) if post.is_to_be_told]


def letter_to(call: Call, number: int) -> Post | None:
    """Of the application with this number, if it is among them."""
    try:
        row = _DECIDED.get(application__call=call, application__number=number)
    except Decision.DoesNotExist:
        return None
    post = _post(row)
    return post if post.is_to_be_told else None


# Put together once: that takes longer than the database's answer.
_DECIDED = Decision.objects.select_related("application", "application__letter").annotate(
    decided=RawSQL(
        "SELECT max(number) FROM programmes_decisionchange change"
        " WHERE change.application_id = programmes_decision.application_id",
        (),
    )
)


def _post(row: Decision) -> Post:
    return Post(row, vars(row)["decided"] or 0, getattr(row.application, "letter", None))


def words_of(call: Call) -> dict[str, Words]:
    """{outcome: what its letters begin as}: the call's own, or as shipped."""
    own = {row.outcome: Words(row.subject, row.text) for row in call.letter_templates.all()}
    return SHIPPED | own


@dataclass(frozen=True)
class Said:
    """What the applicants are told on one criterion; no text: nothing yet."""

    key: str
    criterion: str
    text: str


# Criteria and what is said on them at once, in SQL: Django has no such join from a criterion.
_SAID = """
    SELECT criterion.key, dimension.name, coalesce(feedback.text, '')
    FROM programmes_criterion criterion
    JOIN programmes_dimension dimension ON dimension.id = criterion.dimension_id
    LEFT JOIN programmes_feedback feedback
        ON feedback.criterion_id = criterion.id AND feedback.application_id = %s
    WHERE criterion.version_id = (
        SELECT id FROM programmes_callversion
        WHERE call_id = %s AND published_at IS NOT NULL ORDER BY number DESC LIMIT 1
    )
    ORDER BY criterion.position
"""


def said_on(application: Application) -> list[Said]:
    """A row for every criterion of the call, in their order."""
    with connection.cursor() as cursor:
        cursor.execute(_SAID, [application.pk, application.call_id])
        return [Said(*row) for row in cursor.fetchall()]


def feedback_on(application: Application) -> list[Said]:
    """What there is to tell, in the order of the criteria."""
    return [each for each in said_on(application) if each.text]


@dataclass(frozen=True)
class Comment:
    """What a member wrote on one criterion: the id of their score, and the words."""

    pk: int
    comment: str


@dataclass(frozen=True)
class Comments:
    """What members wrote on an application, without their names."""

    by_criterion: dict[str, list[Comment]]
    on_the_whole: list[str]


def comments_on(application: Application) -> Comments:
    """Of those who have handed in their scores and are not recused, in an order that tells nothing."""
    clear = Interest.objects.filter(application=application, standing=Standing.CLEAR)
    scores = Score.objects.filter(
        sheet__application=application,
        sheet__submitted_at__isnull=False,
        sheet__member__in=clear.values("member"),
    )
    by_criterion: dict[str, list[Comment]] = {}
    whole = {}
    for key, pk, comment, sheet, on_the_whole in scores.order_by("comment").values_list(
        "criterion__key", "pk", "comment", "sheet", "sheet__comment"
    ):
        if comment:
            by_criterion.setdefault(key, []).append(Comment(pk, comment))
        whole[sheet] = on_the_whole
    return Comments(by_criterion, sorted(filter(None, whole.values())))


def names_of_members(call: Call) -> list[str]:
    return list(call.members.order_by("pk").values_list("person__name", flat=True))


def named_in(text: str, names: Iterable[str]) -> list[str]:
    """Members whose full name stands in a text."""
    return [name for name in names if _stands(name, text)]


def parts_named_in(text: str, names: Iterable[str]) -> list[str]:
    """First and last names of members that stand in a text, written with a capital as they are."""
    parts = {part for name in names for part in name.split() if len(part) >= LEAST}
    words = set(re.findall(r"\w[\w\u2019'-]*\w", text))
    return sorted(part for part in parts if part in words and part[:1].isupper())


def _stands(name: str, text: str) -> bool:
    words = r"\s+".join(re.escape(part) for part in name.split())
    return bool(words) and re.search(rf"(?<!\w){words}(?!\w)", text, re.IGNORECASE) is not None
