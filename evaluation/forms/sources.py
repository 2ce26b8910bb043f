from typing import Any

from django import forms

from accounts.forms.wording import Form, reword
from evaluation.models import SourceKind
from evaluation.queries.sources import Tally

MOST = 10_000


class SourcesForm(Form):
    """One number for each kind of source. `seen` holds what the page showed, so that a number which
    somebody else changed meanwhile, and this person did not touch, is left alone.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, tallies: list[Tally], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_kind = {tally.kind: tally for tally in tallies}
        for kind in SourceKind:
            self.fields[_name(kind)] = _field(kind, by_kind.get(kind))
        reword(self, {})
        shown = (str(self.fields[_name(kind)].initial) for kind in SourceKind)
        self.initial["seen"] = ",".join(shown)

    def declared(self) -> dict[SourceKind, int]:
        """What differs from what the page showed."""
        seen = self.cleaned_data["seen"].split(",")
        if len(seen) != len(SourceKind):
            seen = [""] * len(SourceKind)
        return {
            kind: self.cleaned_data[_name(kind)]
            for kind, shown in zip(SourceKind, seen, strict=True)
            if str(self.cleaned_data[_name(kind)]) != shown
        }


def _field(kind: SourceKind, tally: Tally | None) -> forms.IntegerField:
    held = tally.held if tally else 0
    field = forms.IntegerField(
        label=kind.label,
        min_value=held,
        max_value=MOST,
        initial=tally.quantity if tally else 0,
        widget=forms.NumberInput({"class": "govuk-input--width-4", "inputmode": "numeric"}),
    )
    if held:
        field.help_text = f"{held} with their text here"
        field.error_messages["min_value"] = (
            f"{kind.label} must be {held} or more: so many have their text here"
        )
    return field


def _name(kind: SourceKind) -> str:
    return kind.name.lower()
