import json
import logging
import logging.config
import sys
from io import StringIO

import pytest
import structlog
from celery import current_app
from django.conf import settings
from django.test import Client

from config.logs import hide_secrets, logging_settings


def test_a_line_for_machines_is_json_with_the_request_id() -> None:
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(formatter(json=True))
    log = logging.getLogger("tests.logs")
    log.addHandler(handler)
    with structlog.contextvars.bound_contextvars(request_id="r1"):
        try:
            raise ValueError("why")
        except ValueError:
            structlog.get_logger("tests.logs").exception("it_happened", place="dudley")
    line = json.loads(written.getvalue())
    assert (line["event"], line["place"], line["request_id"]) == ("it_happened", "dudley", "r1")
    assert line["exception"][0]["exc_value"] == "why"
    assert line["timestamp"].endswith("Z")


@pytest.mark.parametrize("json", [True, False])
def test_a_traceback_does_not_tell_what_somebody_said(json: bool) -> None:
    def read(text: str) -> None:
        raise ValueError("why")

    said = "we never trusted the council"
    record = logging.LogRecord("tests", logging.ERROR, "", 0, "it failed", (), None)
    try:
        read(said)
    except ValueError:
        record.exc_info = sys.exc_info()
    line = formatter(json=json).format(record)
    assert "ValueError" in line
    assert "never trusted" not in line


def formatter(*, json: bool) -> logging.Formatter:
    described = logging_settings(json=json, level="INFO")["formatters"]["line"]
    made: logging.Formatter = logging.config.DictConfigurator({}).configure_formatter(described)
    return made


def test_a_line_for_people_is_text() -> None:
    record = logging.LogRecord("tests", logging.INFO, "", 0, "it happened to %s", ("me",), None)
    assert "it happened to me" in formatter(json=False).format(record)


def test_no_line_gives_an_invitation_away() -> None:
    address = "GET /accounts/invitations/hM5Wkz0vR2/"
    for line in ({"request": address}, {"event": f"Not Found: {address}"}):
        assert "hM5Wkz0vR2" not in str(hide_secrets(None, "info", line))


def test_no_line_tells_what_somebody_looked_for() -> None:
    line = {"request": "GET /evaluation/projects/1/passages/?words=never+trusted"}
    assert hide_secrets(None, "info", line) == {"request": "GET /evaluation/projects/1/passages/?…"}


def test_an_answer_names_its_request(client: Client) -> None:
    assert len(client.post("/healthz")["X-Request-ID"]) == 36


def test_the_request_id_travels_with_the_message() -> None:
    with structlog.contextvars.bound_contextvars(request_id="r2"):
        current_app.send_task("tests.nobody_runs_this", queue="tests-logs")
    with current_app.connection_for_read() as line:
        message = line.SimpleQueue("tests-logs").get(timeout=2)
        message.ack()
    assert message.headers["__django_structlog__"]["request_id"] == "r2"
    assert settings.DJANGO_STRUCTLOG_CELERY_ENABLED
