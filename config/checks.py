"""What `manage.py check` looks at beside Django's own; the last two with `--deploy` alone."""

from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register

from config import pango
from config.redis_addresses import broker_url

SENDS = "django.core.mail.backends.smtp.EmailBackend"


@register
def pango_is_installed(**_: Any) -> list[CheckMessage]:
    if not (lacking := pango.missing()):
        return []
    return [
        Error(
            f"PDF files cannot be made: {', '.join(lacking)} is missing.",
            hint=f"Type: {pango.line_to_type()}",
            id="placework.E001",
        )
    ]


@register(deploy=True)
def mail_reaches_people(**_: Any) -> list[CheckMessage]:
    if settings.EMAIL_BACKEND == SENDS and settings.EMAIL_HOST:
        return []
    return [
        Warning(
            "Mail reaches nobody, so nobody can sign in with an e-mailed code.",
            hint="Set EMAIL_URL to the address of a mail server.",
            id="placework.W001",
        )
    ]


@register(deploy=True)
def cache_and_broker_are_apart(**_: Any) -> list[CheckMessage]:
    if broker_url(settings.CACHE_URL) != settings.CELERY_BROKER_URL:
        return []
    return [
        Error(
            "The cache and the broker share one Redis database: clearing the one loses the other's jobs.",
            hint="Unset CACHE_URL, or let it name another database of the server.",
            id="placework.E002",
        )
    ]
