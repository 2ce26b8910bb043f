from typing import Any, ClassVar

from django import forms

from programmes.forms.mou.speaking import SpeakingForm
from programmes.models import Stance, StanceKind

CHOICES = [
    (StanceKind.CAN_LIVE_WITH_IT.value, "We can live with it"),
    (StanceKind.WANTS_A_CHANGE.value, "We want a change"),
    (StanceKind.CANNOT.value, "We cannot"),
]


class StanceForm(SpeakingForm):
    stance = forms.ChoiceField(
        label="How do you stand to it?", choices=CHOICES, widget=forms.RadioSelect
    )
    words = forms.CharField(
        label="What you would change, or why you cannot",
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Needed unless you can live with it",
    )
    field_order = ["party", "stance", "words"]
    asks: ClassVar[dict[str, str]] = {"stance": "stance"}

    def __init__(self, *args: Any, before: Stance | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if before:
            self.initial.update(stance=before.stance, words=before.words)

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"stance": StanceKind(values["stance"])}


class RemarkForm(SpeakingForm):
    text = forms.CharField(
        label="Your remark",
        widget=forms.Textarea({"rows": 3}),
        help_text="It stays here with your name, for all who read the MOU",
    )
    field_order = ["party", "text"]
