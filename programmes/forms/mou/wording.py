from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator

from accounts.forms.actions import ActionForm
from programmes.forms.mou.speaking import SpeakingForm
from programmes.models import Wording

# Held by validators, so that no browser cuts what is pasted.
LONGEST_TEXT, LONGEST_REASON = 10_000, 1_000
TEXT_HINT = "Leave an empty line between paragraphs"
CHANGED = (
    "The clause has changed while you were writing. Nothing of yours is lost: look at the clause"
    " as it stands now, below, and send again what you still want"
)


class _FromStanding(SpeakingForm):
    """Says on which wording it is based, so that nobody undoes unseen what another has changed."""

    based_on = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, standing: Wording | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.standing = standing
        self.initial["based_on"] = self._now()

    def _now(self) -> str:
        return str(self.standing.pk) if self.standing else ""

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.pop("based_on", "") != self._now():
            data: Any = self.data
            self.data = data = data.copy()
            data[self.add_prefix("based_on")] = self._now()
            raise ValidationError(CHANGED)
        return self.cleaned_data


class WordingForm(_FromStanding):
    heading = forms.CharField(max_length=200)
    text = forms.CharField(
        label="Wording",
        validators=[MaxLengthValidator(LONGEST_TEXT)],
        widget=forms.Textarea({"rows": 10}),
        help_text=TEXT_HINT,
    )
    reason = forms.CharField(
        label="Why",
        validators=[MaxLengthValidator(LONGEST_REASON)],
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="In a sentence",
    )
    field_order = ["party", "heading", "text", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.standing:
            self.initial.update(heading=self.standing.heading, text=self.standing.text)

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"text": values["text"].replace("\r\n", "\n")}


class LeaveOutForm(_FromStanding):
    reason = forms.CharField(
        label="Why",
        validators=[MaxLengthValidator(LONGEST_REASON)],
        widget=forms.Textarea({"rows": 2}),
    )
    field_order = ["party", "reason"]

    def values(self) -> dict[str, Any]:
        return super().values() | {"heading": "", "text": "", "leaves_out": True}


class DeclineForm(ActionForm):
    reason = forms.CharField(
        label="Why it is not taken in",
        validators=[MaxLengthValidator(LONGEST_REASON)],
        widget=forms.Textarea({"rows": 2}),
        help_text="Everybody who reads the MOU sees this",
    )
    asks: ClassVar[dict[str, str]] = {"reason": "reason why it is not taken in"}
