"""An application as its writers see it: what is asked, what they have answered, what is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, FilteredRelation, Q, QuerySet

from accounts.models import Person
from programmes.answers.kinds import Value, faults_of, is_answered
from programmes.models import (
    Answer,
    Application,
    AttachedFile,
    Question,
)
from programmes.queries.call_versions import published_of

DRAFTS_AT_ONCE = 5


@dataclass(frozen=True)
class Task:
    """One question, with the answer as it stands."""

    question: Question
    value: Value
    faults: tuple[str, ...]

    @property
    def is_answered(self) -> bool:
        return is_answered(self.question, self.value)

    @property
    def status(self) -> str:
        if self.faults:
            return "To put right" if self.is_answered else "Not answered"
        return "Answered" if self.is_answered else "Optional"


def questions_of(call: int) -> QuerySet[Question]:
    """What is asked now."""
    return Question.objects.filter(version=published_of(call)).order_by("position")


def tasks_of(application: Application) -> list[Task]:
    """Each question that is asked now, in order."""
    values = dict(application.answers.values_list("key", "value"))
    return tasks_from(questions_of(application.call_id), values)


@dataclass(frozen=True)
class Kept:
    """That somebody has a draft to settle."""

    pk: int
    kept_at: datetime


def tasks_and_drafts_of(application: Application, person: Person) -> tuple[list[Task], list[Kept]]:
    """The same, and what this person typed and could not save: two queries for both."""
    mine = FilteredRelation("drafts", condition=Q(drafts__person=person))
    rows = application.answers.annotate(mine=mine).values_list(
        "key", "value", "mine__pk", "mine__kept_at"
    )
    values: dict[str, Value] = {}
    kept = []
    for key, value, draft, kept_at in rows:
        values[key] = value
        if draft is not None:
            kept.append(Kept(draft, kept_at))
    drafts = sorted(kept, key=lambda each: each.kept_at)[:DRAFTS_AT_ONCE]
    return tasks_from(questions_of(application.call_id), values), drafts


def tasks_from(questions: Iterable[Question], values: dict[str, Value]) -> list[Task]:
    return [
        Task(question, value, tuple(faults_of(question, value)))
        for question in questions
        for value in [values.get(question.key)]
    ]


def with_latest(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """With who saved each last, and when."""
    latest = FilteredRelation("revisions", condition=Q(revisions__number=F("number")))
    return answers.annotate(
        latest=latest,
        saved_by_name=F("latest__saved_by_name"),
        saved_at=F("latest__saved_at"),
    )


def file_called(value: Value) -> AttachedFile | None:
    """The file that is the answer to one question."""
    return AttachedFile.objects.filter(pk=value).first() if isinstance(value, int) else None
