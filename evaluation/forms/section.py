"""Forms in which a section is written."""

from django import forms

from accounts.forms.wording import Form
from documents.forms import KeptText, RevisionForm, WritingForm


def _text_field(label: str) -> KeptText:
    return KeptText(
        label=label,
        widget=forms.Textarea(
            attrs={"rows": 20, "autocomplete": "off", "spellcheck": "true", "data-rich-text": ""}
        ),
        help_text=(
            "Leave an empty line between paragraphs. A paragraph that is just a reference in"
            " brackets, like [Q7], places that quote."
        ),
    )


class SectionForm(WritingForm):
    """The text of a section as one window has it."""

    text = _text_field("Text")

    def lock(self) -> None:
        """Show the text without letting it be changed; what somebody has typed stays open to copy."""
        if not self.is_bound:
            self.fields["text"].widget.attrs["readonly"] = True


class PlaceForm(Form):
    """The quote whose button was pressed; without JavaScript it goes to the end of the text."""

    place = forms.RegexField(r"^Q[1-9][0-9]{0,8}\Z", required=False)


class DraftForm(RevisionForm):
    """What is to become of a draft."""

    text = _text_field("Text to save")
