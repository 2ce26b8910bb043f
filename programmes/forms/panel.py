"""Composing the panel: who sits on it, and who reads what."""

from typing import Any, ClassVar

from django import forms

from accounts.forms.actions import ActionForm
from accounts.forms.wording import Form
from accounts.models import Person
from programmes.models import Call, Reading
from programmes.queries.panels import candidates


class MemberForm(ActionForm):
    """Somebody who holds the role of panel member in the programme."""

    asks: ClassVar = {"person": "a person"}

    person = forms.ModelChoiceField(label="Person", queryset=Person.objects.none())
    organisation = forms.CharField(
        label="Organisation",
        max_length=200,
        required=False,
        help_text="What they work for. Placework looks for it among the partners of each place.",
    )
    is_chair = forms.BooleanField(label="Chairs the panel", required=False)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["person"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = candidates(call).only("name")


class RemovalForm(ActionForm):
    reason = forms.CharField(
        label="Why do they leave the panel?",
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why they leave the panel"},
    )


class ReadingForm(Form):
    """Who reads what."""

    reading = forms.ChoiceField(
        label="Who reads what?", choices=Reading.choices, widget=forms.RadioSelect
    )
    readers = forms.IntegerField(
        label="Members for each application",
        required=False,
        min_value=1,
        help_text="Only where applications are assigned. Everyone then reads about the same number.",
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        assigned = cleaned.get("reading") == Reading.ASSIGNED
        if assigned and not cleaned.get("readers") and "readers" not in self.errors:
            self.add_error("readers", "Enter how many members read each application")
        return cleaned
