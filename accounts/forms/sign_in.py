"""django-allauth's forms in our words."""

from typing import Any

from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    EditWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms

from accounts.forms.wording import Worded

NO_PASSKEY = "Your browser gave no passkey that we know. Try again, or use another way"


def code_field(label: str, hint: str, **attributes: str) -> forms.CharField:
    """A short field for a code, which the browser or phone may fill in."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=40,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "one-time-code",
                "class": "govuk-input--width-10",
                "spellcheck": "false",
                **attributes,
            }
        ),
    )


class RequestCode(Worded, RequestLoginCodeForm):
    asks = {"email": "your e-mail address"}
    email = forms.EmailField(
        label="E-mail address",
        widget=forms.EmailInput(attrs={"autocomplete": "email", "spellcheck": "false"}),
    )


class ConfirmCode(Worded, ConfirmLoginCodeForm):
    code = code_field("Code", "8 letters, with or without the dash", autocapitalize="characters")


class SecondFactor(Worded, AuthenticateForm):
    code = code_field("Code", "6 digits from your authenticator app, or a recovery code of 8")


class SecondFactorAgain(Worded, ReauthenticateForm):
    code = code_field("Code", "6 digits from your authenticator app, or a recovery code of 8")


class SetUpApp(Worded, ActivateTOTPForm):
    asks = {"code": "the code that your app shows"}
    code = code_field("Code that your app shows", "6 digits", inputmode="numeric")

    def clean_code(self) -> str:
        code: str = super().clean_code()
        remember_proof(self.user)
        return code


def remember_proof(user: Any) -> None:
    """Whoever sets up a second step has shown it: the recovery codes that follow ask no more."""
    record_authentication(context.request, user, method="mfa", reauthenticated=True)


class FromBrowser:
    """A form with what a passkey answered. What is no such answer is refused like a wrong one."""

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc]
        except (AttributeError, KeyError, TypeError, ValueError):
            self.add_error(None, NO_PASSKEY)  # type: ignore[attr-defined]


class AddPasskey(FromBrowser, Worded, AddWebAuthnForm):
    """Always a key that signs in by itself, so the device must ask for a PIN, face or finger."""

    # Never refused for its name: the device may have kept the key by then. It is given one instead.
    name = forms.CharField(
        label="Name of this passkey",
        help_text="For example, Work laptop",
        max_length=100,
        required=False,
    )
    credential = forms.JSONField(required=False, widget=forms.HiddenInput)
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)

    def clean_passwordless(self) -> bool:
        return True

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if not cleaned.get("credential"):
            raise forms.ValidationError(NO_PASSKEY)
        remember_proof(self.user)
        return cleaned


class SignInByPasskey(FromBrowser, LoginWebAuthnForm):
    pass


class SecondFactorByPasskey(FromBrowser, AuthenticateWebAuthnForm):
    pass


class SecondFactorByPasskeyAgain(FromBrowser, ReauthenticateWebAuthnForm):
    pass


class RenamePasskey(Worded, EditWebAuthnForm):
    asks = {"name": "a name for this passkey"}
    name = forms.CharField(label="Name of this passkey", max_length=100)
