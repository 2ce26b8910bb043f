from pytest_django.fixtures import Settings

from config import checks


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
