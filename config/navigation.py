"""Where a signed-in person can go from every page. The roof knows every room's addresses.

Costs no query but the person's roles, which every page asks for anyway.
"""

from dataclasses import dataclass
from functools import cache
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.template.loader import render_to_string
from django.urls import get_script_prefix, reverse
from django.utils.safestring import SafeString

from accounts.models import Person

register = template.Library()

REGISTERS = [
    ("Programmes", "programmes:programmes"),
    ("Places", "places:places"),
    ("Organisations", "places:organisations"),
    ("Lenses", "programmes:lenses"),
]
# For whoever takes part in nothing yet, and applies.
OWN = [("Your applications", "programmes:home_applications")]
ABOUT = [
    ("Open calls", "programmes:calls"),
    ("Published case studies", "evaluation:published"),
    ("Check a sealed document", "documents:check"),
    ("Privacy", "accounts:privacy"),
    ("Accessibility", "accounts:accessibility"),
]


@dataclass
class Link:
    name: str
    address: str
    current: str = ""  # the value of aria-current: "page", "true" for a page below it, or empty


@cache
def _below(prefix: str, url_name: str) -> str:
    return reverse(url_name)


def _address(url_name: str) -> str:
    """Found once: every page has nine of them, and they change only with what stands before all."""
    return _below(get_script_prefix(), url_name)


def _links(named: list[tuple[str, str]]) -> list[Link]:
    return [Link(name, _address(url_name)) for name, url_name in named]


def _places_of(person: Person) -> list[tuple[str, str]]:
    registers = REGISTERS if person.has_perm("programmes.view_programmes") else []
    own = OWN if person.has_perm("programmes.view_own_applications") else []
    return registers + own


def _mark_current(links: list[Link], path: str) -> None:
    """The longest address that `path` begins with: /places/organisations/ is not under Places."""
    above = [link for link in links if path.startswith(link.address)]
    if above:
        nearest = max(above, key=lambda link: len(link.address))
        nearest.current = "page" if nearest.address == path else "true"


@register.inclusion_tag("page/navigation.html", takes_context=True)
def navigation(context: Context) -> dict[str, Any]:
    """The service navigation; empty for somebody who has not signed in."""
    request: HttpRequest | None = context.get("request")
    person = getattr(request, "user", None)
    if request is None or person is None or not person.is_authenticated:
        return {}
    places = _links(_places_of(person))
    _mark_current(places, request.path)
    return {
        "places": places,
        "person": person,
        "account": _address("accounts:account"),
        "sign_out": _address("account_logout"),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def footer_links() -> SafeString:
    return _footer(get_script_prefix())


@cache
def _footer(prefix: str) -> SafeString:
    """Drawn once: it is the same for everybody, and on every page."""
    return render_to_string("page/footer_links.html", {"links": _links(ABOUT)})
