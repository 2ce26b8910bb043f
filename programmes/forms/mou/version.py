from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.forms.wording import Form
from programmes.models import MOUVersion


class DifferenceForm(Form):
    """Which two versions to compare; the latest two unless others are asked for."""

    old = forms.ChoiceField(label="From version")
    new = forms.ChoiceField(label="To version")

    def __init__(self, *args: Any, versions: Sequence[MOUVersion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = {str(version.number): version for version in versions}
        choices = [(number, number) for number in self.versions]
        for name in ("old", "new"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
        latest, *earlier = self.versions
        self.initial.update(new=latest, old=(earlier or [latest])[0])

    def chosen(self) -> tuple[MOUVersion, MOUVersion]:
        chosen = self.cleaned_data if self.is_valid() else self.initial
        return self.versions[chosen["old"]], self.versions[chosen["new"]]
