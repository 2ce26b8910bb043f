"""The request as views see it once middleware has done its work; and from where it came."""

from allauth.account.adapter import get_adapter
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import Person


class SignedInRequest(HttpRequest):
    """A request behind `login_required`."""

    user: Person
    htmx: HtmxDetails


def client_address(request: HttpRequest) -> str | None:
    """The network address of whoever asks; behind TRUSTED_PROXIES, as the outermost of them saw it."""
    try:
        return str(get_adapter().get_client_ip(request))
    except PermissionDenied:  # none that is one
        return None
