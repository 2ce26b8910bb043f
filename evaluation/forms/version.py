from typing import Any

from documents.texts import normalise
from evaluation.forms.evidence import TextOrFile


class VersionForm(TextOrFile):
    """The text as it should stand: changed here, or taken from a file."""

    def __init__(self, *args: Any, latest: str, **kwargs: Any) -> None:
        super().__init__(*args, initial={"text": latest}, **kwargs)
        self.fields["text"].help_text = "Change it here"
        self._latest = latest

    def clean(self) -> dict[str, Any]:
        """Beside a file, an unchanged text is only the old one, still standing there."""
        given = self.cleaned_data
        if given.get("file") and normalise(given.get("text", "")).text == self._latest:
            given["text"] = ""
        return super().clean()
