"""Going on to the code that signs in, for whoever has followed a link that we mailed; and with what
somebody has signed in.
"""

from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from accounts.models import Person


def sign_in_by_code(request: HttpRequest, person: Person, *, then: str = "") -> HttpResponse:
    """Mail a code, and ask for it; `then` is the address to go on to. A second step stays one."""
    LoginCodeVerificationProcess.initiate(request=request, user=person, email=person.email)
    code = reverse("account_confirm_login_code")
    return redirect(f"{code}?{urlencode({'next': then})}" if then else code)


def has_passed_second_factor(request: HttpRequest) -> bool:
    """Whether whoever is signed in has shown a passkey or a code of their app in this session."""
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" for record in records)
