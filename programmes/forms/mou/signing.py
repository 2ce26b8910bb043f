"""What staff do while an MOU is out to be signed."""

from typing import Any, ClassVar

from django import forms

from accounts.forms.actions import ActionForm
from programmes.forms.mou.sending import day_field, end_of
from programmes.models import Authority


class ExtendForm(ActionForm):
    expires_at = day_field()

    def values(self) -> dict[str, Any]:
        return {"expires_at": end_of(self.cleaned_data["expires_at"])}


class VoidForm(ActionForm):
    asks: ClassVar = {"reason": "the reason"}
    reason = forms.CharField(
        label="Why it is given up",
        max_length=2000,
        help_text="Everybody who was asked to sign, or reads along, gets this by e-mail",
        widget=forms.Textarea({"rows": 4, "spellcheck": "true"}),
    )


class PaperForm(ActionForm):
    """What staff saw signed on paper."""

    asks: ClassVar = {
        "typed_name": "the name of who signed",
        "post": "their job title",
        "content": "the signed page",
    }
    typed_name = forms.CharField(label="Name of who signed", max_length=200)
    post = forms.CharField(label="Their job title", max_length=200)
    authority = forms.ChoiceField(
        label="On what basis did they sign?",
        choices=Authority.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select on what basis they signed"},
    )
    authority_words = forms.CharField(
        label="Which one",
        max_length=500,
        required=False,
        help_text="The meeting and its day, or who agreed, with their job title",
    )
    witness_note = forms.CharField(
        label="What you witnessed",
        max_length=2000,
        help_text="Who signed where, and how you know. It is printed on the audit page",
        widget=forms.Textarea({"rows": 4, "spellcheck": "true"}),
        error_messages={"required": "Say what you witnessed: it is printed on the audit page"},
    )
    content = forms.FileField(
        label="Signed page",
        help_text="A PDF, or a picture (JPEG or PNG), of 20 MB or less",
    )

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        return given | {
            "authority": Authority(given["authority"]),
            "content": given["content"].read(),
        }
