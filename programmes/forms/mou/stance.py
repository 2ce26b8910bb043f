from collections.abc import Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import transaction
from django.forms.boundfield import BoundField

from accounts.forms.wording import Form
from accounts.models import Person
from programmes.actions.mou.stances import take_stance
from programmes.forms.mou.speaking import SpeakingForm
from programmes.models import Party, StanceKind, Wording

# Held by a validator, so that no browser cuts what is pasted.
LONGEST_WORDS = 2_000
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
        validators=[MaxLengthValidator(LONGEST_WORDS)],
        required=False,
        widget=forms.Textarea({"rows": 2}),
        help_text="Needed unless you can live with it",
    )
    field_order = ["party", "stance", "words"]
    asks: ClassVar[dict[str, str]] = {"stance": "stance"}

    def __init__(self, *args: Any, before: tuple[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if before:
            self.initial["stance"], self.initial["words"] = before

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"stance": StanceKind(values["stance"])}


class RemarkForm(SpeakingForm):
    text = forms.CharField(
        label="Your remark",
        validators=[MaxLengthValidator(LONGEST_WORDS)],
        widget=forms.Textarea({"rows": 3}),
        help_text="It stays here with your name, for all who read the MOU",
    )
    field_order = ["party", "text"]


class StancesForm(Form):
    """Several wordings at once, each with its own choice; what is left empty stays unsaid."""

    rest = forms.BooleanField(
        label="We can live with all the others",
        required=False,
        help_text="With everything on this page to which you have not said anything else",
    )
    says_optional = False

    def __init__(self, *args: Any, wordings: Sequence[int], **kwargs: Any) -> None:
        """`wordings` are ids."""
        super().__init__(*args, **kwargs)
        self.wordings = wordings
        for pk in wordings:
            self.fields |= {
                f"stance-{pk}": forms.ChoiceField(
                    label="How do you stand to it?",
                    choices=CHOICES,
                    widget=forms.RadioSelect,
                    required=False,
                ),
                f"words-{pk}": forms.CharField(
                    label="What you would change, or why you cannot",
                    validators=[MaxLengthValidator(LONGEST_WORDS)],
                    required=False,
                ),
            }

    def asked(self, wording: int) -> tuple[BoundField, BoundField]:
        """The two fields of a wording."""
        return self[f"stance-{wording}"], self[f"words-{wording}"]

    def save(self, *, party: Party, by: Person) -> int | None:
        """How many stances were taken: all that were given, or none if one of them is refused."""
        if not self.is_valid():
            return None
        rows = Wording.objects.select_related("clause__mou").filter(pk__in=self.wordings)
        with transaction.atomic():
            taken = sum(self._take(wording, party, by) for wording in rows.order_by("pk"))
            if self.errors:
                transaction.set_rollback(True)
        return None if self.errors else taken

    def _take(self, wording: Wording, party: Party, by: Person) -> int:
        given = self.cleaned_data[f"stance-{wording.pk}"]
        if not given and self.cleaned_data["rest"]:
            given = StanceKind.CAN_LIVE_WITH_IT
        if not given:
            return 0
        words = self.cleaned_data.get(f"words-{wording.pk}", "")
        try:
            take_stance(wording=wording, party=party, stance=StanceKind(given), words=words, by=by)
        except ValidationError as refusal:
            self.add_error(f"words-{wording.pk}", refusal.messages[0])
        return 1
