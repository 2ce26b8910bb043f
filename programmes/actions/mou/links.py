"""The addresses that mails carry. `site` is where people reach us: a clock has no request to ask."""

from urllib.parse import urljoin

from django.urls import reverse

from documents.models import SealedFile
from programmes.models import MOU, MOUVersion
from programmes.mou_links import token_of_sealed


def sign_address(site: str, token: str) -> str:
    return urljoin(site, reverse("programmes:mou_sign", args=[token]))


def read_address(site: str, token: str) -> str:
    return urljoin(site, reverse("programmes:mou_read", args=[token]))


def sealed_address(site: str, version: MOUVersion) -> str:
    """Where somebody without an account gets the sealed PDF, for a while."""
    token = token_of_sealed(version.pk)
    return urljoin(site, reverse("programmes:mou_sealed_by_link", args=[token]))


def mou_address(site: str, mou: MOU) -> str:
    """Nothing where nobody has told us under which name people reach us."""
    return urljoin(site, mou.get_absolute_url()) if site else ""


def version_address(site: str, version: MOUVersion) -> str:
    return _of_version(site, "programmes:mou_version", version)


def signing_address(site: str, version: MOUVersion) -> str:
    return _of_version(site, "programmes:mou_signing", version)


def check_address(site: str, sealed: SealedFile) -> str:
    return urljoin(site, sealed.get_absolute_url())


def _of_version(site: str, name: str, version: MOUVersion) -> str:
    project = version.mou.project
    return urljoin(site, reverse(name, args=[project.programme.slug, project.slug, version.number]))
