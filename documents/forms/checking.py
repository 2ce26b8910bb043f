"""What somebody gives to have a sealed document checked: the file, or its reference."""

from typing import Any

from django import forms

from accounts.forms.wording import Form
from documents.models import SealedFile
from documents.queries.seals import sealed_called
from documents.sealing.verdict import LARGEST, MEGABYTE

UNKNOWN = (
    "No document that was sealed here has this reference. Check it against the last pages of the"
    " document, where it is printed"
)


class SealedFileForm(Form):
    """The file itself."""

    file = forms.FileField(
        label="PDF file",
        help_text=f"Smaller than {LARGEST // MEGABYTE} MB. It is read for the check and not kept",
        widget=forms.FileInput(attrs={"accept": ".pdf,application/pdf"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size >= LARGEST:
            raise forms.ValidationError(
                f"The file must be smaller than {LARGEST // MEGABYTE} MB. This one has"
                f" {file.size / MEGABYTE:.0f} MB. No document that is sealed here is so large"
            )
        return file


class ReferenceForm(Form):
    """The reference that the document prints."""

    reference = forms.CharField(
        label="Reference",
        max_length=40,
        help_text="Such as 7K4M-9QXR-02BT. Capitals and hyphens do not matter",
        widget=forms.TextInput(
            attrs={"class": "govuk-input--width-20", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self.found: SealedFile | None = sealed_called(given.get("reference", ""))
        if given.get("reference") and self.found is None:
            self.add_error("reference", UNKNOWN)
        return given
