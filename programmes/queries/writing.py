"""An application as its writers see it: what is asked, what they have answered, what is to be done."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, FilteredRelation, Q, QuerySet

from accounts.models import Person
from programmes.answers.kinds import Value, faults_of, is_answered
from programmes.models import (
    Answer,
    AnswerDraft,
    Application,
    AttachedFile,
    CallVersion,
    Question,
    QuestionKind,
)

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
    published = CallVersion.objects.filter(call=call, published_at__isnull=False)
    latest = published.order_by("-number").values("pk")[:1]
    return Question.objects.filter(version=latest).order_by("position")


def tasks_of(application: Application) -> list[Task]:
    """Each question that is asked now, in order."""
    values = dict(application.answers.values_list("key", "value"))
    return tasks_from(questions_of(application.call_id), values)


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


def drafts_of(application: Application, person: Person) -> QuerySet[AnswerDraft]:
    """What this person typed and could not save, the first few."""
    rows = AnswerDraft.objects.filter(answer__application=application, person=person)
    return rows.select_related("answer").order_by("kept_at", "pk")[:DRAFTS_AT_ONCE]


def files_in(tasks: Iterable[Task]) -> dict[int, AttachedFile]:
    """The files that answer some of the questions; no query where there are none."""
    wanted = [
        task.value
        for task in tasks
        if task.question.kind == QuestionKind.FILE and isinstance(task.value, int)
    ]
    return AttachedFile.objects.in_bulk(wanted) if wanted else {}


def file_called(value: Value) -> AttachedFile | None:
    """The file that is the answer to one question."""
    return AttachedFile.objects.filter(pk=value).first() if isinstance(value, int) else None
