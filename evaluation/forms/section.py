"""Forms in which a section is written."""

from typing import Any

from django import forms

from accounts.forms.wording import Form
from evaluation.texts import normalise

_LARGEST_NUMBER = 2**31 - 1  # that the database can hold


class _KeptText(forms.CharField):
    """A text as it was typed. Whether it can stand is the action's question, which keeps it first."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        return normalise(super().to_python(value) or "").text

    def validate(self, value: str) -> None:
        """An empty text can be saved, like any other."""


def _text_field(label: str) -> _KeptText:
    return _KeptText(
        label=label,
        widget=forms.Textarea(
            attrs={"rows": 20, "autocomplete": "off", "spellcheck": "true", "data-rich-text": ""}
        ),
        help_text=(
            "Leave an empty line between paragraphs. A paragraph that is just a reference in"
            " brackets, like [Q7], places that quote."
        ),
    )


def _hidden_number() -> forms.IntegerField:
    return forms.IntegerField(
        min_value=0,
        max_value=_LARGEST_NUMBER,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )


class SectionForm(Form):
    """The text of a section as one window has it."""

    use_required_attribute = False
    text = _text_field("Text")
    based_on = _hidden_number()
    window = forms.CharField(
        max_length=36, required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )

    def lock(self) -> None:
        """Show the text without letting it be changed; what somebody has typed stays open to copy."""
        if not self.is_bound:
            self.fields["text"].widget.attrs["readonly"] = True


class PlaceForm(Form):
    """The quote whose button was pressed; without JavaScript it goes to the end of the text."""

    place = forms.RegexField(r"^Q[1-9][0-9]{0,8}\Z", required=False)


class DraftForm(Form):
    """What is to become of a draft."""

    use_required_attribute = False
    text = _text_field("Text to save")
    based_on = _hidden_number()
