"""An application as it was handed in, question by question, for whoever reads it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from places.models import Sector
from programmes.models import Application, AttachedFile, Question, QuestionKind, Submission


@dataclass(frozen=True)
class Partner:
    """An organisation that takes part, in which sector, and as what."""

    organisation: str
    sector: str
    part: str


@dataclass(frozen=True)
class Answered:
    """One question and what was answered, in the form in which a page shows it."""

    question: Question
    value: Any  # as in Answer.value; None if it was not answered
    file: AttachedFile | None = None

    @property
    def is_answered(self) -> bool:
        return self.value not in (None, "", [])

    @property
    def amount(self) -> Decimal | None:
        """The value of a number or an amount of money."""
        if self.question.kind not in (QuestionKind.NUMBER, QuestionKind.MONEY):
            return None
        return Decimal(self.value) if self.is_answered else None

    @property
    def partners(self) -> list[Partner]:
        """The rows of a table of partners."""
        if self.question.kind != QuestionKind.PARTNERS or not self.is_answered:
            return []
        labels = dict(Sector.choices)
        return [
            Partner(
                organisation=row["organisation"],
                sector=labels.get(row.get("sector", ""), ""),
                part=row.get("part", ""),
            )
            for row in self.value
        ]


def latest_submission(application: Application) -> Submission | None:
    return application.submissions.order_by("-number").first()


def read_submission(submission: Submission) -> list[Answered]:
    """The questions of the version that it answers, in their order: two queries."""
    questions = Question.objects.filter(version=submission.version_id).order_by("position")
    return read_answers(list(questions), submission.answers)


def read_answers(questions: list[Question], answers: Mapping[str, Any]) -> list[Answered]:
    """Questions with their answers; files in one query, if there are any."""
    wanted = [
        answers[question.key]
        for question in questions
        if question.kind == QuestionKind.FILE and answers.get(question.key)
    ]
    files = AttachedFile.objects.in_bulk(wanted) if wanted else {}
    return [
        Answered(
            question,
            answers.get(question.key),
            files.get(answers.get(question.key, 0)) if question.kind == QuestionKind.FILE else None,
        )
        for question in questions
    ]
