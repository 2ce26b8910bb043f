"""The addresses that mails carry. `site` is where people reach us: a clock has no request to ask."""

from urllib.parse import urljoin

from django.urls import reverse


def sign_address(site: str, token: str) -> str:
    return urljoin(site, reverse("programmes:mou_sign", args=[token]))


def read_address(site: str, token: str) -> str:
    return urljoin(site, reverse("programmes:mou_read", args=[token]))
