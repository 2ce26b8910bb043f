"""The request as views see it once middleware has done its work, for the types alone."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from accounts.models import Person


class SignedInRequest(HttpRequest):
    """A request behind `login_required`."""

    user: Person
    htmx: HtmxDetails
