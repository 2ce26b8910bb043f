from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from config import checks
from documents.actions.seal_keys import make_seal_key


def test_a_shared_database_of_cache_and_broker_is_a_fault(settings: Settings) -> None:
    assert checks.cache_and_broker_are_apart() == []
    settings.CACHE_URL = settings.CELERY_BROKER_URL = "redis://host/0"
    assert [fault.id for fault in checks.cache_and_broker_are_apart()] == ["placework.E002"]


def test_mail_that_reaches_nobody_is_told(settings: Settings) -> None:
    assert [fault.id for fault in checks.mail_reaches_people()] == ["placework.W001"]
    settings.EMAIL_BACKEND, settings.EMAIL_HOST = checks.SENDS, "mail.example.org"
    assert checks.mail_reaches_people() == []


def test_pango_is_looked_for() -> None:
    assert checks.pango_is_installed() == []


@pytest.mark.django_db
def test_a_key_that_cannot_seal_is_told(settings: Settings, tmp_path: Path) -> None:
    settings.SEAL_KEYS = tmp_path / "keys"

    def told() -> list[str]:
        return [fault.msg for fault in checks.documents_can_be_sealed()]

    assert told() == ["There is no key to seal documents with."]
    make_seal_key(organisation="Better Winters")
    assert told() == []
    earlier = (settings.SEAL_KEYS / "seal.pem").read_bytes()
    make_seal_key(rotate=True)
    (settings.SEAL_KEYS / "seal.pem").write_bytes(earlier)
    assert told() == ["The key here is not the one whose certificate was made public."]
    (settings.SEAL_KEYS / "seal.pem").unlink()
    assert told()[0].startswith("There is no key to seal with at ")
    settings.SEAL_KEYS = tmp_path / "not seen by this process"
    assert told() == []
