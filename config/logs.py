"""Structured logs: one event a line, as JSON for machines or in colours for people.

The id of a request stands in each of its lines, and travels with the messages that it sends to the
worker (django-structlog), so that a job's lines name the request that asked for it.
"""

import re
from typing import Any

import structlog
from django.http import HttpResponse
from structlog.tracebacks import ExceptionDictTransformer
from structlog.types import EventDict, Processor

_INVITATION = re.compile(r"(/invitations/)[^/\s]+")
_ASKED = re.compile(r"\?\S*")


def hide_secrets(_: Any, __: str, line: EventDict) -> EventDict:
    """The address of an invitation is its key; whoever may read logs shall not be able to use it.

    After the question mark stands what somebody looked for: names, or words out of an interview.
    """
    for name in ("request", "event"):
        if isinstance(line.get(name), str):
            line[name] = _INVITATION.sub(r"\1…", line[name])
    if isinstance(line.get("request"), str):
        line["request"] = _ASKED.sub("?…", line["request"])
    return line


_EVERY_LINE: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.PositionalArgumentsFormatter(),
    hide_secrets,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def configure_structlog() -> None:
    """Send structlog's events through Python's logging, where every library's lines go as well."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_EVERY_LINE,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )


def name_request(*, response: HttpResponse, **_: Any) -> None:
    """Give the request's id to whoever asked, so that they can tell it to whoever reads the logs."""
    response["X-Request-ID"] = structlog.contextvars.get_contextvars()["request_id"]


def logging_settings(*, json: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING: everything to standard error, for whoever runs the process to collect."""
    # Without the local variables, where structlog and rich would show them: they hold what people
    # typed, interviews and codes among it.
    last: list[Processor] = (
        [
            structlog.processors.ExceptionRenderer(ExceptionDictTransformer(show_locals=False)),
            structlog.processors.JSONRenderer(),
        ]
        if json
        else [
            structlog.dev.ConsoleRenderer(
                colors=False, exception_formatter=structlog.dev.plain_traceback
            )
        ]
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
                "foreign_pre_chain": _EVERY_LINE,
            }
        },
        "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["standard_error"], "level": level},
        "loggers": {
            # Django's own handler would print each of its lines a second time, and by mail.
            "django": {"handlers": [], "level": level, "propagate": True},
            # What these say of a request or a task is in our own line about it already.
            "django.request": {"level": "ERROR"},
            "celery.app.trace": {"level": "WARNING"},
            "celery.worker.strategy": {"level": "WARNING"},
            # These speak of every font and every page break.
            "fontTools": {"level": "ERROR"},
            "weasyprint": {"level": "ERROR"},
        },
    }
