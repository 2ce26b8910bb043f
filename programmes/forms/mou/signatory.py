"""Forms for whoever came by a link to sign. They have no account."""

from typing import Any, ClassVar

from django import forms

from accounts.forms.actions import ActionForm
from programmes import mou_words
from programmes.actions.mou.signing import Said
from programmes.models import Authority

OTHER_WORDS = "What is said here has changed since you opened the page. Read it again, then sign"


class CodeField(forms.CharField):
    """Six figures, as people type and paste them."""

    def __init__(self) -> None:
        super().__init__(
            label="The code from the e-mail",
            max_length=20,
            widget=forms.TextInput(
                {
                    "class": "govuk-input--width-10",
                    "inputmode": "numeric",
                    "autocomplete": "one-time-code",
                    "spellcheck": "false",
                }
            ),
            error_messages={"required": "Enter the code that we sent to you"},
        )


class SignForm(ActionForm):
    """What somebody says when they sign. The words are those of `programmes.mou_words`."""

    asks: ClassVar = {"typed_name": "your full name", "post": "your job title"}
    consent = forms.BooleanField(
        label=mou_words.CONSENT,
        error_messages={"required": "Tick the box to sign here, or ask for paper"},
    )
    post = forms.CharField(label="Your job title", max_length=200)
    authority = forms.ChoiceField(
        label="On what basis do you sign?",
        choices=Authority.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Select on what basis you sign"},
    )
    authority_words = forms.CharField(
        label="Which one",
        max_length=500,
        required=False,
        help_text="The meeting and its day, or who agreed, with their job title",
    )
    typed_name = forms.CharField(
        label="Your full name, as your signature",
        max_length=200,
        widget=forms.TextInput({"autocomplete": "name", "spellcheck": "false"}),
    )
    code = CodeField()
    text_sha256 = forms.CharField(widget=forms.HiddenInput, required=False)
    words_version = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, statement: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.statement = statement

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("words_version") != mou_words.VERSION:
            self.add_error(None, OTHER_WORDS)
        return self.cleaned_data

    def values(self) -> dict[str, Any]:
        given = self.cleaned_data
        said = Said(
            typed_name=given["typed_name"],
            post=given["post"],
            authority=Authority(given["authority"]),
            authority_words=given["authority_words"],
            consent=mou_words.CONSENT,
            statement=self.statement,
            words_version=given["words_version"],
            text_sha256=given["text_sha256"],
        )
        return {"code": given["code"], "said": said}


def _reason(label: str) -> forms.CharField:
    return forms.CharField(label=label, max_length=2000, widget=forms.Textarea({"rows": 4}))


class DeclineForm(ActionForm):
    asks: ClassVar = {"reason": "the reason"}
    reason = _reason("Why you do not sign")


class SuccessorForm(ActionForm):
    """Who is to sign in somebody's place, for the same organisation."""

    asks: ClassVar = {
        "name": "their full name",
        "post": "their job title",
        "email": "their e-mail address",
        "reason": "the reason",
    }
    name = forms.CharField(label="Full name", max_length=200)
    post = forms.CharField(label="Job title", max_length=200)
    email = forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "off", "spellcheck": "false"}),
    )
    reason = _reason("Why they sign")


class HandOverForm(SuccessorForm):
    code = CodeField()
