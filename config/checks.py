"""What `manage.py check` looks at beside Django's own; the last ones with `--deploy` alone."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DatabaseError

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


@register(deploy=True)
def documents_can_be_sealed(**_: Any) -> list[CheckMessage]:
    """By what the database knows of the certificate, and by the key itself where it can be seen."""
    try:
        concern = _concern_about_the_seal()
    except DatabaseError:
        return []  # before the first release there is no table, or no server yet
    if not concern:
        return []
    hint = "docs/operating.md says under “The seal” how to make, replace or load a key."
    return [Warning(concern, hint=hint, id="placework.W002")]


def _concern_about_the_seal() -> str:
    from documents.queries import seals  # noqa: PLC0415 models are there only after set-up

    if concern := seals.concern_about_the_seal():
        return concern
    kept_in = settings.SEAL_PKCS11_MODULE or settings.SEAL_PKCS12 or settings.SEAL_KEYS
    if not Path(kept_in).exists():
        return ""  # as in `web`, which must not see the key
    from documents.sealing.certificates import fingerprint_of  # noqa: PLC0415 only where there is a key
    from documents.sealing.faults import NoSealKey  # noqa: PLC0415
    from documents.sealing.keys import seal_key  # noqa: PLC0415 it takes a second to load

    try:
        with seal_key() as key:
            fingerprint = fingerprint_of(key.certificate)
    except NoSealKey as fault:
        return str(fault)
    current = seals.certificate_in_use()
    if current and current.fingerprint != fingerprint:
        return "The key here is not the one whose certificate was made public."
    return ""
