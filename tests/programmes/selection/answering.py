"""Writing answers in pages, for tests of what becomes of them."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from programmes.actions.answers import save_answer
from programmes.models import Answer, Application
from tests import builders


def page_of(application: Application, key: str, verb: str = "") -> str:
    return reverse(f"programmes:answer{verb}", args=[application.pk, key])


def post(
    client: Client, application: Application, key: str, based_on: int = 0, **typed: Any
) -> Any:
    sent = {"based_on": based_on, "window": "w"} | typed
    return client.post(page_of(application, key), sent)


def html(response: HttpResponse) -> str:
    return response.content.decode()


def value_of(application: Application, key: str) -> Any:
    return Answer.objects.get(application=application, key=key).value


def somebody_saves(application: Application, key: str, value: Any) -> None:
    save_answer(
        application=application,
        question=builders.asked(application, key),
        value=value,
        based_on=0,
        by=builders.person("Fay First"),
    )
