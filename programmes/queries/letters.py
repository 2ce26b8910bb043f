"""Letters as staff see them before they leave: nobody comes here who is recused from an application."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import OuterRef, Q, QuerySet, Subquery

from programmes.application_states import READ_BY_THE_PANEL
from programmes.letters import SHIPPED, Words
from programmes.models import (
    Application,
    Call,
    Decision,
    DecisionChange,
    Feedback,
    Interest,
    Letter,
    Score,
    ScoreSheet,
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

    def fits(self, letter: Letter) -> bool:
        """Whether it was written for what is decided now."""
        written_for = (letter.outcome, letter.reserve_order)
        return written_for == (self.decision.outcome, self.decision.reserve_order)

    @property
    def is_to_do(self) -> bool:
        return self.status not in (LetterStatus.READ, LetterStatus.SENT)


def letters_of(call: Call) -> list[Post]:
    """Of every application that is decided and has not withdrawn, in order of number: one query."""
    latest = DecisionChange.objects.filter(application=OuterRef("application")).order_by("-number")
    rows = (
        Decision.objects.filter(
            Q(application__state__in=READ_BY_THE_PANEL)
            | Q(application__letter__sent_at__isnull=False),
            application__call=call,
        )
        .select_related("application", "application__letter")
        .annotate(decided=Subquery(latest.values("number")[:1]))
        .order_by("application__number")
    )
    return [
        Post(row, vars(row)["decided"] or 0, getattr(row.application, "letter", None))
        for row in rows
    ]


def words_of(call: Call) -> dict[str, Words]:
    """{outcome: what its letters begin as}: the call's own, or as shipped."""
    own = {row.outcome: Words(row.subject, row.text) for row in call.letter_templates.all()}
    return SHIPPED | own


def feedback_on(application: Application) -> QuerySet[Feedback]:
    """In the order of the criteria."""
    rows = Feedback.objects.filter(application=application)
    return rows.select_related("criterion__dimension").order_by("criterion__position")


@dataclass(frozen=True)
class Comments:
    """What members wrote on an application, without their names."""

    by_criterion: dict[str, list[Score]]
    on_the_whole: list[str]


def comments_on(application: Application) -> Comments:
    """Of those who have handed in their scores and are not recused, in an order that tells nothing."""
    clear = Interest.objects.filter(application=application, standing=Standing.CLEAR)
    sheets = ScoreSheet.objects.filter(
        application=application, submitted_at__isnull=False, member__in=clear.values("member")
    )
    found: dict[str, list[Score]] = {}
    scores = Score.objects.filter(sheet__in=sheets).exclude(comment="")
    for score in scores.select_related("criterion").order_by("comment"):
        found.setdefault(score.criterion.key, []).append(score)
    whole = sheets.exclude(comment="").order_by("comment").values_list("comment", flat=True)
    return Comments(found, list(whole))


def names_of_members(call: Call) -> list[str]:
    return list(call.members.values_list("person__name", flat=True))


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
