from typing import Any

from django import forms

from accounts.forms.wording import Form, reword
from evaluation.models import SourceKind
from evaluation.queries.sources import Tally

MOST = 10_000


class SourcesForm(Form):
    """One number for each kind of source. Hidden copies tell what was changed on this page."""

    def __init__(self, *args: Any, tallies: list[Tally], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_kind = {tally.kind: tally for tally in tallies}
        for kind in SourceKind:
            tally = by_kind.get(kind)
            field = forms.IntegerField(
                label=kind.label,
                min_value=tally.held if tally else 0,
                max_value=MOST,
                initial=tally.quantity if tally else 0,
                show_hidden_initial=True,
                widget=forms.NumberInput({"class": "govuk-input--width-4", "inputmode": "numeric"}),
            )
            if tally and tally.held:
                field.help_text = f"{tally.held} with their text here"
                field.error_messages["min_value"] = (
                    f"{kind.label} must be {tally.held} or more: so many have their text here"
                )
            self.fields[_name(kind)] = field
        reword(self, {})

    def declared(self) -> dict[SourceKind, int]:
        """What was changed."""
        return {
            kind: self.cleaned_data[_name(kind)]
            for kind in SourceKind
            if _name(kind) in self.changed_data
        }


def _name(kind: SourceKind) -> str:
    return kind.name.lower()
