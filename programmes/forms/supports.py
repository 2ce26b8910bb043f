"""Forms about colleagues who write with one, and about those who support."""

from django import forms

from accounts.forms.wording import Form


def _email() -> forms.EmailField:
    return forms.EmailField(
        label="E-mail address",
        max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class ColleagueForm(Form):
    """Whom to invite."""

    asks = {"name": "their full name", "email": "their e-mail address"}
    name = forms.CharField(label="Full name", max_length=200)
    email = _email()


class AskForm(Form):
    """Whom to ask for their support."""

    asks = {"name": "their full name", "email": "their e-mail address"}
    name = forms.CharField(label="Full name", max_length=200)
    post = forms.CharField(label="Job title", max_length=200, required=False)
    organisation = forms.CharField(label="Organisation", max_length=200, required=False)
    email = _email()


class SupportForm(Form):
    """What a supporter answers."""

    CONFIRM = "confirm"

    answer = forms.ChoiceField(
        label="Do you confirm this?",
        choices=[(CONFIRM, "I confirm this"), ("cannot", "I cannot confirm this")],
        widget=forms.RadioSelect,
        error_messages={"required": "Select whether you can confirm this"},
    )
    words = forms.CharField(
        label="In your own words",
        max_length=5000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "true"}),
        help_text="Those who apply and the panel read this. If you cannot confirm, say why.",
    )
