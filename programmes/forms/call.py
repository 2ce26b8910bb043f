"""A call's times and words."""

from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms.rows import RowForm
from accounts.forms.wording import Described, Form
from programmes.actions.shipped_calls import shipped_calls
from programmes.forms.typed import MomentField, MoneyField, TimeZoneField, in_zone, on_the_clock
from programmes.models import Call, CallPhase, CallVersion
from programmes.phases import Step

TIMES = ("opens_at", "closes_at")


class CallForm(RowForm[Call]):
    """Times are typed and shown as the clocks of the call's own time zone show them."""

    opens_at = MomentField(label="Opens", required=False)
    closes_at = MomentField(label="Closes", required=False)
    time_zone = TimeZoneField(
        label="Time zone",
        max_length=50,
        initial="Europe/London",
        help_text="Of both times. For example, Europe/London",
    )
    places_offered = forms.IntegerField(
        label="How many places can be chosen",
        min_value=1,
        max_value=1000,
        error_messages={"required": "Say how many places can be chosen"},
    )

    class Meta:
        model = Call
        fields = ["title", "opens_at", "closes_at", "time_zone", "places_offered"]
        labels: ClassVar = {"title": "Title of the call"}

    def __init__(self, *args: Any, instance: Call | None = None, **kwargs: Any) -> None:
        shown = kwargs.pop("initial", None) or {}
        if instance is not None:
            shown |= {name: on_the_clock(getattr(instance, name), instance.zone) for name in TIMES}
        super().__init__(*args, instance=instance, initial=shown, **kwargs)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        zone = ZoneInfo(cleaned["time_zone"]) if "time_zone" in cleaned else None
        for name in TIMES:
            if zone and cleaned.get(name):
                try:
                    cleaned[name] = self._moment(name, cleaned[name], zone)
                except ValidationError as fault:
                    self.add_error(name, fault)
        return cleaned

    def _moment(self, name: str, typed: datetime, zone: ZoneInfo) -> datetime:
        """As it is stored, to the second, if nobody has touched it."""
        if self.row and self.row.zone == zone and typed == self.initial[name]:
            stored: datetime = getattr(self.row, name)
            return stored
        return in_zone(typed, zone)


class CallCreateForm(CallForm):
    """With what to begin from; all of it can be changed afterwards."""

    beginning = forms.ChoiceField(
        label="Begin with",
        required=False,
        widget=forms.RadioSelect,
        initial="",
        error_messages={"invalid_choice": "Select what to begin with"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["beginning"].choices = [  # type: ignore[attr-defined]
            ("", Described("An empty call", "You write everything")),
            *((call.slug, Described(call.name, call.about)) for call in shipped_calls().values()),
        ]


class WordsForm(RowForm[CallVersion]):
    funding_asked = MoneyField(
        label="Funding asked of each place",
        required=False,
        help_text="What a place brings itself. For example, £10,000. Leave empty if nothing is asked",
    )

    class Meta:
        model = CallVersion
        fields = ["text", "offered", "funding_asked"]
        labels: ClassVar = {"text": "What the call is for", "offered": "What is offered"}
        help_texts: ClassVar = {
            "text": "Who can apply, for what, and how it goes on from here",
            "offered": "For example, an enabler for a day a week, and the learning network",
        }
        widgets: ClassVar = {
            "text": forms.Textarea({"rows": 12, "data-rich-text": True}),
            "offered": forms.Textarea({"rows": 6, "data-rich-text": True}),
        }


class ChangeForm(Form):
    """What those who have started are told of a later version."""

    change = forms.CharField(
        label="What changes",
        help_text="Everyone who writes an application gets this by e-mail. Say what they must do",
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": "Say what changes, for those who have started"},
    )


class PhaseForm(Form):
    """The reason for a step back; for one that opens something to the panel, by when it is to be done."""

    reason = forms.CharField(
        label="Reason",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text="Stays on record",
    )
    due_on = forms.DateField(
        label="By when members of the panel should be done",
        required=False,
        help_text="If you enter a day, the e-mail to them says so. For example, 4 December 2026",
    )
    asks: ClassVar = {"reason": "the reason"}

    def __init__(self, *args: Any, step: Step, opens: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not step.asks_reason:
            del self.fields["reason"]
        if not opens:
            del self.fields["due_on"]


class SwitchesForm(RowForm[CallPhase]):
    class Meta:
        model = CallPhase
        fields = [
            "members_declare",
            "members_read",
            "members_score",
            "scores_of_others",
            "board_is_open",
            "decisions_are_prepared",
            "due_on",
        ]
        labels: ClassVar = {
            "members_declare": "Members declare conflicts of interest",
            "members_read": "Members read the applications that they have no conflict with",
            "members_score": "Members score them",
            "scores_of_others": "Members see the scores of others",
            "board_is_open": "Members see the board",
            "decisions_are_prepared": "Decisions are prepared on the board",
            "due_on": "Members are asked to be done by",
        }
        widgets: ClassVar = {"scores_of_others": forms.RadioSelect}
