"""Forms for coding without a pointer: a passage is pasted, and found in the text."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.forms.wording import Form, reword
from documents.texts import normalise
from evaluation.actions.evidence import LONGEST_LINE
from evaluation.forms.evidence import ROLE_HINT, TextField
from evaluation.models import TextVersion
from evaluation.queries.coding import Branch, Choice
from evaluation.texts import places_of
from programmes.models import Dimension

SHOWN_PLACES = 50
CONTEXT = 60  # characters shown before and after a place


class DimensionsField(forms.MultipleChoiceField):
    """Ticks for the dimensions of some lenses, each lens a group."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, choices: Iterable[Choice], **given: Any) -> None:
        self._dimensions: dict[str, Dimension] = {}
        groups = []
        for choice in choices:
            options = list(self._options(choice.branches, ""))
            groups.append((str(choice.version.lens), options))
        super().__init__(choices=groups, **given)

    def _options(self, branches: list[Branch], above: str) -> Iterable[tuple[str, str]]:
        for branch in branches:
            key = str(branch.dimension.pk)
            self._dimensions[key] = branch.dimension
            name = f"{above}{branch.dimension.name}"
            yield key, name
            yield from self._options(branch.children, f"{name}: ")

    def clean(self, value: Any) -> list[Dimension]:
        return [self._dimensions[key] for key in super().clean(value)]


class DimensionsForm(Form):
    asks = {"dimensions": "dimensions"}

    def __init__(self, *args: Any, choices: list[Choice], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["dimensions"] = DimensionsField(choices, label="Dimensions")
        reword(self, self.asks)


@dataclass(frozen=True)
class Place:
    """One place of a passage in a text, with what stands around it."""

    start: int
    before: str
    after: str

    def __str__(self) -> str:
        return f"…{self.before} [the passage] {self.after}…"


class PassageForm(DimensionsForm):
    """A passage as it was copied from the text, and what to code it to."""

    passage = TextField(
        label="Passage",
        widget=forms.Textarea({"rows": 4}),
        help_text="Copy it from the text and paste it here unchanged",
    )

    def __init__(self, *args: Any, version: TextVersion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.version = version
        self.places: list[Place] = []
        self.order_fields(["passage", "place", "dimensions"])

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        passage = normalise(given.get("passage", "")).text
        if not passage.strip():
            if "passage" not in self.errors:
                self.add_error("passage", "Enter the passage")
            return given
        given["passage"], starts = self._found(passage)
        if not starts:
            self.add_error("passage", "This passage is not in the text. Copy it again, unchanged")
        elif len(starts) == 1:
            given["start"] = starts[0]
        else:
            self._ask_which(given["passage"], starts, given)
        return given

    def _found(self, passage: str) -> tuple[str, list[int]]:
        """As it was pasted, else without the blanks around it that copying may have added."""
        text = self.version.text
        return next(
            (
                (words, starts)
                for words in (passage, passage.strip())
                if (starts := places_of(words, text))
            ),
            (passage, []),
        )

    def _ask_which(self, passage: str, starts: list[int], given: dict[str, Any]) -> None:
        text = self.version.text
        self.places = [
            Place(
                start,
                " ".join(text[max(0, start - CONTEXT) : start].split()),
                " ".join(text[start + len(passage) :][:CONTEXT].split()),
            )
            for start in starts[:SHOWN_PLACES]
        ]
        self.fields["place"] = field = forms.ChoiceField(
            label="Which place?",
            widget=forms.RadioSelect,
            choices=[(str(place.start), str(place)) for place in self.places],
        )
        self.order_fields(["passage", "place", "dimensions"])
        chosen = self.data.get(self.add_prefix("place"), "")
        if field.valid_value(chosen):
            given["start"] = int(chosen)
        else:
            self.add_error(
                "place", f"The passage stands {len(starts)} times in the text. Select which"
            )


class SpeakerForm(Form):
    speaker_role = forms.CharField(
        label="Role of who spoke here",
        max_length=LONGEST_LINE,
        required=False,
        help_text=f"Only where it differs from the rest of the text. {ROLE_HINT}",
    )
