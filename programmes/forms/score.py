"""Scoring one application: a value and a comment for each criterion, a comment on the whole, a note."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from accounts.forms.wording import Described, Form
from documents.texts import normalise
from programmes.actions.scores import LONGEST, Scored
from programmes.models import Criterion, Score, ScoreSheet

SCALE = range(Criterion.LOWEST, Criterion.HIGHEST + 1)


@dataclass(frozen=True)
class Asked:
    """One criterion on the page, with its two fields."""

    criterion: Criterion
    value: BoundField
    comment: BoundField


class ScoreForm(Form):
    """`based_on` is the number of the sheet that the page shows."""

    says_optional = False

    based_on = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

    def __init__(
        self, *args: Any, criteria: Sequence[Criterion], sheet: ScoreSheet | None, **kwargs: Any
    ) -> None:
        self.criteria = criteria
        kwargs.setdefault("initial", _initial(sheet))
        super().__init__(*args, **kwargs)
        for criterion in criteria:
            self.fields[f"score_{criterion.key}"] = forms.TypedChoiceField(
                label="Score",
                choices=[(value, _label(criterion, value)) for value in SCALE],
                coerce=int,
                empty_value=None,
                required=False,
                widget=forms.RadioSelect({"class": "govuk-radios--small"}),
                error_messages={
                    "invalid_choice": f"Choose a score from {Criterion.LOWEST} to {Criterion.HIGHEST}"
                },
            )
            self.fields[f"comment_{criterion.key}"] = forms.CharField(
                label="Comment", required=False, widget=forms.Textarea({"rows": 2})
            )
        self.fields["comment"] = forms.CharField(
            label="Comment on the whole", required=False, widget=forms.Textarea({"rows": 3})
        )

    def asked(self) -> Iterator[Asked]:
        for criterion in self.criteria:
            yield Asked(criterion, self[f"score_{criterion.key}"], self[f"comment_{criterion.key}"])

    def typed(self) -> dict[str, str]:
        """What was sent and is not as it is saved, by the fields' names: read or not."""
        return {
            name: normalise(self.data[name]).text
            for name in self.fields
            if name != "based_on" and self.data.get(name)
        }

    def words(self, typed: Mapping[str, str]) -> list[tuple[str, str]]:
        """What was typed, each with what it is about: to be copied, where it cannot be saved."""
        about = {
            field.name: f"{asked.criterion}: {field.label.lower()}"
            for asked in self.asked()
            for field in (asked.value, asked.comment)
        }
        about["comment"] = "Comment on the whole"
        return [(about[name], text) for name, text in typed.items() if name in about]

    @property
    def scores(self) -> dict[str, Scored]:
        return {
            criterion.key: Scored(
                self.cleaned_data[f"score_{criterion.key}"],
                self.cleaned_data[f"comment_{criterion.key}"],
            )
            for criterion in self.criteria
        }


class NoteForm(Form):
    text = forms.CharField(
        label="Private note",
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3}),
        help_text="Only you can read this. It is in no list, export or file.",
    )


def _initial(sheet: ScoreSheet | None) -> dict[str, Any]:
    if sheet is None:
        return {"based_on": 0}
    initial: dict[str, Any] = {"based_on": sheet.number, "comment": sheet.comment}
    for score in Score.objects.filter(sheet=sheet).select_related("criterion"):
        initial[f"score_{score.criterion.key}"] = score.value
        initial[f"comment_{score.criterion.key}"] = score.comment
    return initial


def _label(criterion: Criterion, value: int) -> str:
    """The value, with what it looks like where that is said."""
    anchor = getattr(criterion, f"looks_like_{value}", "")
    return Described(str(value), anchor) if anchor else str(value)
