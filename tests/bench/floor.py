"""The floor page: a bare Django page with five queries and 25 rows, each with an address and a date.

Every page's server time is measured against it, in the same minutes of the same run.
"""

from collections.abc import Callable
from functools import cache

from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.template.backends.django import Template
from django.urls import path
from django.utils import timezone

from places.models import Organisation, Partnership, Place

GetResponse = Callable[[HttpRequest], HttpResponse]


def own_addresses(get_response: GetResponse) -> GetResponse:
    """Answer from this file's addresses, without a change of settings that would be measured too."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.urlconf = __name__  # type: ignore[attr-defined]
        return get_response(request)

    return middleware


MIDDLEWARE = [
    "tests.bench.floor.own_addresses",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATE = """<!doctype html><html lang="en"><head><title>Floor</title></head><body><table>
{% for row in rows %}<tr><td><a href="{% url 'floor' %}?{{ row.pk }}">{{ row.name }}</a></td>
<td>{{ row.region }}</td><td>{{ now|date:"j F Y" }}</td></tr>{% endfor %}
</table><p>{{ counts|join:", " }}</p></body></html>"""


@cache
def template() -> Template:
    """Not made on import: pytest-django would then be too late to watch what templates ask for."""
    return engines["django"].from_string(TEMPLATE)


def floor(request: HttpRequest) -> HttpResponse:
    counts = [rows.objects.count() for rows in (Place, Organisation, Partnership)]
    first = Place.objects.order_by("pk").first()
    rows = list(Place.objects.order_by("pk")[:25])
    context = {"rows": rows, "counts": [*counts, first], "now": timezone.now()}
    return HttpResponse(template().render(context, request))


urlpatterns = [path("", floor, name="floor")]
