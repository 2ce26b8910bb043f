"""What django-allauth asks of us: invitation only, mail through the outbox, secrets encrypted."""

import base64
import hashlib
from datetime import timedelta
from itertools import accumulate, groupby
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as request_context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.encoding import force_bytes
from qrcode import QRCode  # type: ignore[import-untyped]

from accounts.actions import mail

LOGIN_CODE = "account/email/login_code"


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": "That code is not right. Check it and enter it again",
        "too_many_login_attempts": (
            "You have asked for, or got wrong, too many codes. Wait 10 minutes, then try again"
        ),
        "rate_limited": "You have tried too often. Wait 10 minutes, then try again",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """The passkey first: who has one may have nothing else but recovery codes."""
        methods: list[dict[str, Any]] = super().get_reauthentication_methods(user)
        return sorted(methods, key=lambda method: "webauthn" not in method["id"])

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Into the outbox, in plain text. A sign-in code leaves it as soon as it is sent."""
        of_use = timedelta(seconds=settings.ACCOUNT_LOGIN_BY_CODE_TIMEOUT)
        context = {"request": request_context.request, "email": email} | context
        mail.send(
            to=email,
            subject=render_to_string(f"{template_prefix}_subject.txt", context),
            text=render_to_string(f"{template_prefix}_message.txt", context),
            secret_until=timezone.now() + of_use if template_prefix == LOGIN_CODE else None,
        )


QR_PATTERN = 2  # of the eight that a QR code may be drawn in; any can be read


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "That code is not right. Check it and enter it again",
        "cannot_generate_recovery_codes": "Set up a passkey or an authenticator app first",
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """With one pattern for all: to draw a code in each and choose takes longer than the page."""
        code = QRCode(mask_pattern=QR_PATTERN)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(_dark(row, y) for y, row in enumerate(rows))
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{len(rows)}mm" height="{len(rows)}mm"'
            f' viewBox="0 0 {len(rows)} {len(rows)}"><path d="{path}"/></svg>'
        )

    def generate_authenticator_name(self, user: object, type: object) -> str:
        return "My passkey"


def _dark(row: list[bool], y: int) -> str:
    """The dark squares of one row of a QR code, as part of an SVG path."""
    runs = [(dark, len(list(squares))) for dark, squares in groupby(row)]
    starts = accumulate((length for _, length in runs), initial=0)
    return "".join(
        f"M{x},{y}h{length}v1h-{length}z"
        for (dark, length), x in zip(runs, starts, strict=False)
        if dark
    )


def _fernet() -> MultiFernet:
    """The secret key encrypts; the earlier ones, while they are still listed, decrypt too."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(b"second factor" + force_bytes(key)).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])


class OpenIDConnectAdapter(DefaultSocialAccountAdapter):
    """Signs in the person whose e-mail address the provider has verified, and does nothing else."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.state.get("process") != "login":
            raise ImmediateHttpResponse(redirect("account_login"))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False
