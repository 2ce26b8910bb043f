"""An application as the panel reads it."""

from decimal import Decimal

import pytest
from django.template.loader import render_to_string

from programmes.models import Application, Call, Phase, QuestionKind
from programmes.queries.submissions import Partner, latest_submission, read_answers, read_submission
from tests import builders

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    call = builders.call(phase=Phase.PREPARATION)
    version = call.versions.get()
    for kind in (QuestionKind.MONEY, QuestionKind.DECLARATION, QuestionKind.PARTNERS):
        builders.question(version, kind.value, kind=kind)
    builders.publish(version, by=builders.person())
    Call.objects.update(phase=Phase.ELIGIBILITY)
    return builders.application(Call.objects.get())


def test_answers_are_read_in_the_order_of_the_questions(application: Application) -> None:
    partner = {"organisation": "Ayton Council", "sector": "local_government", "part": "Leads"}
    answers = {"partners": [partner], "money": "10000.50", "declaration": False, "q1": "Why\n\nnot"}
    submission = builders.submission(application, **answers)
    read = read_submission(submission)
    assert [each.question.key for each in read] == ["q1", "money", "declaration", "partners"]
    assert [each.is_answered for each in read] == [True] * 4
    assert read[1].amount == Decimal("10000.50")
    assert read[3].partners == [Partner("Ayton Council", "Local government", "Leads")]
    page = render_to_string("programmes/answers.html", {"answers": read})
    for words in ("<p>Why</p>", "£10,000.50", "No", "Ayton Council", "Local government", "Leads"):
        assert words in page


def test_what_was_not_answered_says_so(application: Application) -> None:
    questions = list(builders.published_version(application.call).questions.order_by("position"))  # type: ignore[union-attr]
    read = read_answers(questions, {"q1": "", "partners": []})
    assert not any(each.is_answered or each.partners or each.amount for each in read)
    page = render_to_string("programmes/answers.html", {"answers": read})
    assert page.count("Not answered.") == len(questions)


def test_the_latest_submission_counts(application: Application) -> None:
    assert latest_submission(application) is None
    submission = builders.submission(application)
    assert latest_submission(application) == submission
