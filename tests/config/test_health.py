from threading import Event

import pytest
from django.test import Client, RequestFactory

from config import health
from config.wsgi import application
from tests.broker import broker_down


def broken() -> None:
    raise OSError("disk full")


def test_each_part_is_asked_for_itself() -> None:
    stuck = Event()
    parts = {"fine": lambda: None, "broken": broken, "stuck": lambda: stuck.wait(10) and None}
    assert health.ask(parts, patience=0.1) == {"fine": True, "broken": False, "stuck": False}
    stuck.set()


def test_an_answer_is_given_again_for_a_moment() -> None:
    asked = []
    once = health.Health({"part": lambda: asked.append(1)})
    assert once.answers() == once.answers() == {"part": True}
    assert asked == [1]


@pytest.mark.django_db
def test_the_parts_that_run_during_tests_answer() -> None:
    parts = {name: health.PARTS[name] for name in ("database", "broker", "storage")}
    assert health.ask(parts) == {"database": True, "broker": True, "storage": True}


def test_no_worker_and_no_broker_are_told() -> None:
    with pytest.raises(TimeoutError):
        health.worker()
    with broker_down():
        assert health.ask({"broker": health.broker}) == {"broker": False}


@pytest.mark.django_db(transaction=True)  # as between requests, it closes what is too old
def test_the_web_servers_entry_answers() -> None:
    status = []
    environ = dict(RequestFactory().generic("OPTIONS", "/healthz").environ)
    list(application(environ, lambda line, headers: status.append(line)))
    assert status == ["405 Method Not Allowed"]


@pytest.mark.django_db
def test_strangers_learn_only_whether_each_part_answers(client: Client) -> None:
    answer = client.get("/healthz")
    assert answer.status_code == 503  # no worker runs during tests
    assert answer.json() == {
        "database": "ok",
        "broker": "ok",
        "worker": "failed",
        "storage": "ok",
        "seal": "warning",  # there is no key
    }
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/healthz").status_code == 405


@pytest.mark.django_db
def test_a_seal_that_needs_looking_after_is_only_a_warning(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    parts = {"fine": lambda: None, "seal": health.seal}
    monkeypatch.setattr("config.views.health", health.Health(parts))
    answer = client.get("/healthz")
    assert answer.json() == {"fine": "ok", "seal": "warning"}
    assert answer.status_code == 200
