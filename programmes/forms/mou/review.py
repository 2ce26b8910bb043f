"""When the partners meet over their MOU, what came of it, and that it ends."""

from typing import Any, ClassVar

from django import forms
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from accounts.forms.actions import ActionForm
from accounts.forms.rows import RowForm
from programmes.models import MOU

# Held by validators, so that no browser cuts what is pasted.
LONGEST_CAME, LONGEST_OUTCOME, LONGEST_REASON = 1_000, 5_000, 2_000


def next_field() -> forms.DateField:
    return forms.DateField(
        label="Next review",
        help_text="When the partners look at it together again, such as 20 May 2027",
    )


class ReviewPlanForm(RowForm[MOU]):
    review_on = next_field()

    class Meta:
        model = MOU
        fields = ["review_on"]

    asks: ClassVar[dict[str, str]] = {"review_on": "day of the next review"}


class ReviewForm(ActionForm):
    held_on = forms.DateField(label="Held on")
    came = forms.CharField(
        label="Who came",
        validators=[MaxLengthValidator(LONGEST_CAME)],
        widget=forms.Textarea({"rows": 3}),
        help_text="Names, and for which organisation. All who read the MOU see them",
    )
    outcome = forms.CharField(
        label="What was decided",
        validators=[MaxLengthValidator(LONGEST_OUTCOME)],
        widget=forms.Textarea({"rows": 5}),
        help_text="Such as what is kept, what is to change, and what was learned",
    )
    next_on = next_field()
    asks: ClassVar[dict[str, str]] = {
        "held_on": "day on which it was held",
        "came": "names of those who came",
        "outcome": "decisions",
        "next_on": "day of the next review",
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("held_on", timezone.localdate())


class EndForm(ActionForm):
    reason = forms.CharField(
        label="Why it ends",
        validators=[MaxLengthValidator(LONGEST_REASON)],
        widget=forms.Textarea({"rows": 4}),
        help_text="Everybody who reads the MOU sees this, and gets it by e-mail",
    )
    asks: ClassVar[dict[str, str]] = {"reason": "reason why it ends"}
