"""Forms about one case study."""

from typing import Any

from django import forms

from accounts.forms.wording import Described, Form, ModelForm
from evaluation.models import CaseStudy, CaseStudyType
from evaluation.queries.missing_evidence import EXPECTED


def _types() -> list[tuple[str, Described]]:
    return [
        (value, Described(label, f"Expects {_together([str(e) for e in EXPECTED[value]])}."))
        for value, label in CaseStudyType.choices
    ]


def _together(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} and {words[-1]}"


def _type_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Type of case study", choices=_types, widget=forms.RadioSelect, initial=None
    )


class StartForm(Form):
    asks = {"type": "type of case study"}
    type = _type_field()


class CaseStudyForm(ModelForm[CaseStudy]):
    asks = {"type": "type of case study"}
    type = _type_field()

    class Meta:
        model = CaseStudy
        fields = ["title", "type"]
        help_texts = {"title": "Stands on the cover. Without one, the name of the place does."}


class StepForm(Form):
    """A change of status, and why; also whether it goes on without what somebody could not save."""

    reason = forms.CharField(
        label="Reason", widget=forms.Textarea(attrs={"rows": 4}), max_length=2000, required=False
    )

    without_drafts = forms.BooleanField(label="Publish without these drafts")

    def __init__(
        self, *args: Any, asks_reason: bool, asks_about_drafts: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = asks_reason
        if not asks_about_drafts:
            del self.fields["without_drafts"]
