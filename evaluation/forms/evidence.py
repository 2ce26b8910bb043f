"""Forms about an item of evidence: adding it, its details, a new version, its withdrawal."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.conf import settings

from accounts.forms.rows import RowForm
from accounts.forms.wording import Form
from evaluation.actions.evidence import LONGEST_LINE, Details
from evaluation.extraction import ACCEPTED
from evaluation.models import Evidence, SourceKind
from evaluation.queries.sources import Tally

KINDS = [("", "Select"), *SourceKind.choices]
TITLE_HINT = "For example, Interview with a partner from housing. No names of people"
ROLE_HINT = "A role, never a name. For example, project partner or resident"
PLACE_HINT = "For example, Dudley"
LABELS = {
    "kind": "Kind of source",
    "title": "Title",
    "collected_on": "Date it was collected",
    "speaker_role": "Role of who spoke",
    "speaker_place": "Place of who spoke",
}


class TextField(forms.CharField):
    """A text kept as it is: its blanks too. What cannot be stored is taken out later, and said."""

    widget = forms.Textarea({"rows": 20, "spellcheck": "false"})

    def __init__(self, **given: Any) -> None:
        super().__init__(strip=False, **given)
        self.validators = []


class DetailsForm(Form):
    """What is said of an item beside its text."""

    asks = {"kind": "kind of source"}
    kind = forms.ChoiceField(label=LABELS["kind"], choices=KINDS)
    title = forms.CharField(label=LABELS["title"], max_length=LONGEST_LINE, help_text=TITLE_HINT)
    collected_on = forms.DateField(label=LABELS["collected_on"], required=False)
    speaker_role = forms.CharField(
        label=LABELS["speaker_role"], max_length=LONGEST_LINE, required=False, help_text=ROLE_HINT
    )
    speaker_place = forms.CharField(
        label=LABELS["speaker_place"], max_length=LONGEST_LINE, required=False, help_text=PLACE_HINT
    )
    already_listed = forms.BooleanField(
        label="This is one of the sources already listed", required=False
    )

    def __init__(self, *args: Any, tallies: Iterable[Tally], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_listed(self, tallies)

    def details(self) -> Details:
        given = self.cleaned_data
        return Details(
            kind=given["kind"],
            title=given["title"],
            collected_on=given["collected_on"],
            speaker_role=given["speaker_role"],
            speaker_place=given["speaker_place"],
        )

    def is_listed(self) -> bool:
        return bool(self.cleaned_data.get("already_listed"))


def offer_listed(form: forms.BaseForm, tallies: Iterable[Tally]) -> None:
    """Ask whether it is one already listed only where sources are listed whose text is not here."""
    open_ones = [
        f"{tally.quantity - tally.held} {tally.name.lower()}"
        for tally in tallies
        if tally.quantity > tally.held
    ]
    if open_ones:
        hint = f"Listed so far without their text: {', '.join(open_ones)}"
        form.fields["already_listed"].help_text = hint
    else:
        del form.fields["already_listed"]


class TextOrFile(Form):
    """A text typed or pasted, or a file: one of the two."""

    text = TextField(label="Text", required=False, help_text="Type or paste it")
    file = forms.FileField(
        label="Or a file",
        required=False,
        error_messages={"empty": "The file is empty. Select a file that has something in it"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["file"].help_text = (
            f"{ACCEPTED}, at most {settings.UPLOAD_LIMIT_MB} MB."
            " You see the text before it is added"
        )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        text, file = given.get("text", "").strip(), given.get("file")
        if text and file:
            self.add_error("file", "Choose a file or enter the text, not both")
        elif not text and not file and "file" not in self.errors:
            self.add_error("text", "Enter the text, or choose a file")
        return given


class EvidenceCreateForm(TextOrFile, DetailsForm):
    field_order = [*LABELS, "already_listed", "text", "file"]


class AcceptForm(DetailsForm):
    text = TextField(label="Text", help_text="Put right what was not read well")
    field_order = ["text", *LABELS, "already_listed"]


class AcceptVersionForm(Form):
    text = TextField(label="Text", help_text="Put right what was not read well")


class EvidenceForm(RowForm[Evidence]):
    """The details of an item that is there already."""

    kind = forms.ChoiceField(label=LABELS["kind"], choices=SourceKind.choices)
    already_listed = DetailsForm.base_fields["already_listed"]
    field_order = [*LABELS, "already_listed"]

    class Meta:
        model = Evidence
        fields = ["title", "collected_on", "speaker_role", "speaker_place"]
        labels: ClassVar = LABELS
        help_texts: ClassVar = {
            "title": TITLE_HINT,
            "speaker_role": ROLE_HINT,
            "speaker_place": PLACE_HINT,
        }

    def __init__(
        self, *args: Any, instance: Evidence, tallies: Iterable[Tally], **kwargs: Any
    ) -> None:
        super().__init__(*args, instance=instance, initial={"kind": instance.kind}, **kwargs)
        offer_listed(self, tallies)
        self._own = [name for name in self._own if name in self.fields]


class WithdrawForm(Form):
    reason = forms.CharField(
        label="Why is it withdrawn?",
        widget=forms.Textarea({"rows": 4}),
        help_text="No names of people",
    )
