"""Fixtures of every room's tests."""

from pathlib import Path

import hypothesis
import pgtrigger
import pytest
from django.core.cache import cache
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from documents.actions.seal_keys import make_seal_key
from documents.models import SealCertificate

# A busy machine is no fault of an example's; and a run says the same each time, on every machine.
hypothesis.settings.register_profile("placework", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("placework")

pytest_plugins = ["tests.browser.harness"]


@pytest.fixture
def seal_key(db: None, settings: Settings, tmp_path: Path) -> SealCertificate:
    """A key that seals, and a folder of the test's own for what it sealed."""
    settings.SEAL_KEYS, settings.MEDIA_ROOT = tmp_path / "keys", tmp_path / "files"
    return make_seal_key(organisation="Better Winters")


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test meets the rate limits that another has used up."""
    cache.clear()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """After a test with transactions of its own Django empties every table, in this database alone."""
    with django_db_blocker.unblock():
        pgtrigger.disable(
            *(
                trigger.get_uri(model)
                for model, trigger in pgtrigger.registered()
                if trigger.name == "never_emptied"
            )
        )
