"""Releasing decisions, and moving up a reserve."""

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.forms.actions import ActionForm
from programmes.models import Question
from programmes.queries.release import usual_focus


class _FocusForm(ActionForm):
    """Asks which answer says what a project works on; not where the call asked for no text."""

    focus = forms.ChoiceField(
        label="Which answer says what a project works on?",
        help_text="Its first sentences head the page of the project, where they can be changed.",
    )

    def __init__(
        self, data: Any, *, questions: Sequence[Question], initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial={"focus": usual_focus(questions)} | (initial or {}))
        field = self.fields["focus"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(question.key, question.wording) for question in questions]
        if not questions:
            del self.fields["focus"]

    def clean(self) -> dict[str, Any]:
        return {"focus": ""} | (super().clean() or {})


class ReleaseForm(_FocusForm):
    confirmation = forms.CharField(
        label="More are selected than places were offered. Who has agreed to it, and why?",
        required=False,
        widget=forms.Textarea({"rows": 3}),
    )

    def __init__(self, *args: Any, is_over: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_over:
            del self.fields["confirmation"]


class MoveUpForm(_FocusForm):
    reason = forms.CharField(
        label="Why does it move up?",
        widget=forms.Textarea({"rows": 2}),
        help_text="The applicants do not see this.",
        error_messages={"required": "Say why it moves up"},
    )
    subject = forms.CharField(label="Subject of the letter", max_length=200)
    text = forms.CharField(label="Letter", widget=forms.Textarea({"rows": 14}))
    field_order = ("reason", "subject", "text", "focus")
