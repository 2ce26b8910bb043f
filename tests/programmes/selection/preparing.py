"""Preparing a call in pages."""

from typing import Any

from django.test import Client
from django.urls import reverse

from programmes.models import Call


def address(name: str, call: Call, **more: object) -> str:
    cohort = call.cohort
    kwargs = {"slug": cohort.programme.slug, "number": cohort.number, **more}
    return reverse(f"programmes:{name}", kwargs=kwargs)


def html(response: Any) -> str:
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def send(client: Client, where: str, **typed: object) -> Any:
    """What a browser sends back that was shown the form: what is typed, and the hidden field."""
    form = client.get(where).context["form"]
    seen = {"seen": form["seen"].value()} if "seen" in form.fields else {}
    return client.post(where, {**seen, **typed})
