"""Parts of a form whose text saves itself as it is typed, and is kept where it cannot be saved.

Its page loads `documents/autosave.js`. `based_on` is the number of the revision that the writer started
from, `window` names the page they type in.
"""

from django import forms

from accounts.forms.wording import Form
from documents.texts import normalise

_LARGEST_NUMBER = 2**31 - 1  # that the database can hold


class KeptText(forms.CharField):
    """A text as it was typed. Whether it can stand is the action's question, which keeps it first."""

    def __init__(self, *, label: str, widget: forms.Widget, help_text: str = "") -> None:
        super().__init__(label=label, widget=widget, help_text=help_text, strip=False)

    def to_python(self, value: object) -> str:
        return normalise(str(super().to_python(value) or "")).text

    def validate(self, value: str) -> None:
        """An empty text can be saved, like any other."""


class RevisionForm(Form):
    """What is written on top of a revision."""

    use_required_attribute = False
    based_on = forms.IntegerField(
        min_value=0,
        max_value=_LARGEST_NUMBER,
        widget=forms.HiddenInput(attrs={"autocomplete": "off"}),
    )


class WritingForm(RevisionForm):
    """What one window writes."""

    window = forms.CharField(
        max_length=36, required=False, widget=forms.HiddenInput(attrs={"autocomplete": "off"})
    )
