"""A question of a call; what can be said of it depends on its kind, which never changes."""

from typing import Any

from django import forms

from accounts.forms.rows import RowForm
from programmes.forms.typed import LinesField, MoneyField
from programmes.models import Question, QuestionKind

COMMON = ["wording", "hint", "is_required"]
WHAT_IT_IS: dict[QuestionKind, str] = {
    QuestionKind.TEXT: "Some words or several paragraphs, with a word limit if you like",
    QuestionKind.NUMBER: "For example, how many people live in the place",
    QuestionKind.MONEY: "For example, what the partners put in",
    QuestionKind.CHOICE: "One of the answers that you list",
    QuestionKind.DECLARATION: "For example, that all partners agree to take part",
    QuestionKind.FILE: "For example, a letter or a map",
    QuestionKind.PARTNERS: "Organisations, their sectors, and the part that each takes",
}


class QuestionForm(RowForm[Question]):
    """What every kind has."""

    wording = forms.CharField(label="Question", max_length=300)
    hint = forms.CharField(
        label="Hint",
        required=False,
        help_text="Stands below the question. Say what a good answer tells",
        widget=forms.Textarea({"rows": 3}),
    )
    is_required = forms.BooleanField(
        label="It must be answered before an application is submitted", required=False, initial=True
    )

    class Meta:
        model = Question
        fields = COMMON


class TextQuestionForm(QuestionForm):
    word_limit = forms.IntegerField(
        label="Most words",
        required=False,
        min_value=1,
        max_value=10_000,
        help_text="Leave empty for no limit",
    )

    class Meta:
        model = Question
        fields = [*COMMON, "word_limit"]


class NumberQuestionForm(QuestionForm):
    minimum = forms.DecimalField(
        label="Least",
        required=False,
        max_digits=14,
        decimal_places=2,
        help_text="Leave empty for no limit",
    )
    maximum = forms.DecimalField(
        label="Most",
        required=False,
        max_digits=14,
        decimal_places=2,
        help_text="Leave empty for no limit",
    )

    class Meta:
        model = Question
        fields = [*COMMON, "minimum", "maximum"]


class MoneyQuestionForm(QuestionForm):
    minimum = MoneyField(
        label="Least", required=False, help_text="For example, £1,000. Leave empty for no limit"
    )
    maximum = MoneyField(
        label="Most", required=False, help_text="For example, £25,000. Leave empty for no limit"
    )

    class Meta:
        model = Question
        fields = [*COMMON, "minimum", "maximum"]


class ChoiceQuestionForm(QuestionForm):
    choices = LinesField(label="What can be chosen", help_text="Each on a line of its own")

    class Meta:
        model = Question
        fields = [*COMMON, "choices"]


class DeclarationQuestionForm(QuestionForm):
    must_be_yes = forms.BooleanField(
        label="Only an application that says yes is eligible", required=False
    )

    class Meta:
        model = Question
        fields = [*COMMON, "must_be_yes"]


FORMS: dict[str, type[QuestionForm]] = {
    QuestionKind.TEXT: TextQuestionForm,
    QuestionKind.NUMBER: NumberQuestionForm,
    QuestionKind.MONEY: MoneyQuestionForm,
    QuestionKind.CHOICE: ChoiceQuestionForm,
    QuestionKind.DECLARATION: DeclarationQuestionForm,
}


def question_form(kind: str, *args: Any, **kwargs: Any) -> QuestionForm:
    return FORMS.get(kind, QuestionForm)(*args, **kwargs)
