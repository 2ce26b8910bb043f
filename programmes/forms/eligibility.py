"""What staff type about an application that they check."""

from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.choosing import RowChoiceField
from accounts.forms.wording import Described, Form
from places.models import Place
from programmes.forms.typed import MomentField, in_zone
from programmes.models import Application
from programmes.times import zone_name


def _reason(told: str) -> forms.CharField:
    return forms.CharField(
        label="Reason",
        max_length=2000,
        help_text=told,
        widget=forms.Textarea({"rows": 4}),
        error_messages={"required": "Say why"},
    )


class ReasonForm(Form):
    reason = _reason("Stays on record")


class WithdrawalForm(Form):
    reason = _reason("Who said so, when and how. Those who write it are told by e-mail")


class EligibilityForm(Form):
    is_eligible = forms.ChoiceField(
        label="Is it eligible?",
        choices=[
            ("yes", Described("Eligible", "The panel will read it")),
            ("no", Described("Not eligible", "Its writers are told the reason by e-mail")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether it is eligible"},
    )
    reason = _reason("Stays on record")

    def clean_is_eligible(self) -> bool:
        return bool(self.cleaned_data["is_eligible"] == "yes")


class TimedForm(Form):
    """With one moment, typed as the clocks of the call show it."""

    moment: ClassVar[str]

    def __init__(self, *args: Any, application: Application, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone: ZoneInfo = application.call.zone
        field = self.fields[self.moment]
        field.help_text = f"{field.help_text}, in {zone_name(application.call)}"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if cleaned.get(self.moment):
            try:
                cleaned[self.moment] = in_zone(cleaned[self.moment], self.zone)
            except ValidationError as fault:
                self.add_error(self.moment, fault)
        return cleaned


class CorrectionForm(TimedForm):
    moment = "due_at"
    asked = forms.CharField(
        label="What must be put right",
        max_length=5000,
        help_text="Those who write it get this by e-mail",
        widget=forms.Textarea({"rows": 6}),
        error_messages={"required": "Say what must be put right"},
    )
    due_at = MomentField(label="By when")
    asks: ClassVar = {"due_at": "date and time by which it must be put right"}


class ExtensionForm(TimedForm):
    moment = "until"
    until = MomentField(label="Until when")
    reason = _reason("Stays on record. Its writers are told the new time, not the reason")
    asks: ClassVar = {"until": "date and time until which it can be submitted"}


class PlaceSettleForm(Form):
    place = RowChoiceField(
        label="Place of the register",
        queryset=Place.objects.all(),
        required=False,
        empty_label="Not settled",
    )
