"""Drawing a lot between applications that are equal at the line."""

from collections.abc import Collection
from typing import Any

from django import forms

from accounts.forms.actions import ActionForm
from programmes.models import Application
from programmes.queries.board import Line


class LotForm(ActionForm):
    """`band`: between which a lot may be drawn. `again` is asked where one was drawn before."""

    between = forms.MultipleChoiceField(
        label="Between which applications?",
        widget=forms.CheckboxSelectMultiple,
        help_text="Two or more of those in the band around the line.",
        error_messages={
            "required": "Select at least two applications",
            "invalid_choice": "Select applications that are in the band around the line now",
        },
    )
    reason = forms.CharField(
        label="Why is it decided by lot?",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "Say why it is decided by lot"},
    )
    seed = forms.CharField(
        label="Seed",
        required=False,
        max_length=64,
        widget=forms.TextInput({"class": "govuk-input--width-20"}),
        help_text="What you have thrown in the sight of all, such as 4 2 6 with three dice."
        " Left empty, it is random.",
    )
    again = forms.BooleanField(
        label="Draw again what was drawn before: the reason says why. Both lots stay on record",
        required=False,
    )

    def __init__(self, data: Any, *, band: Collection[Line], has_lots: bool) -> None:
        super().__init__(data)
        self._applications = {str(line.application.number): line.application for line in band}
        field = self.fields["between"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = sorted(
            ((str(line.application.number), _told(line)) for line in band),
            key=lambda choice: int(choice[0]),
        )
        if not has_lots:
            del self.fields["again"]

    def clean_between(self) -> list[Application]:
        return [self._applications[number] for number in self.cleaned_data["between"]]


def _told(line: Line) -> str:
    place = line.place
    if not place.rank:
        return f"{line.application}: not scored"
    tied = ", tied" if place.is_tied else ""
    return f"{line.application}: rank {place.rank}, between {place.first} and {place.last}{tied}"
