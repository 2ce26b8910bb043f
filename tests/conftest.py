"""Fixtures of every room's tests."""

import hypothesis
import pgtrigger
import pytest
from django.core.cache import cache
from hypothesis import settings
from pytest_django import DjangoDbBlocker

# How fast an example is, is not what a property test asks; the machine may be busy.
settings.register_profile("placework", deadline=None)
settings.load_profile("placework")

# A busy machine is no fault of an example's; and a run says the same each time, on every machine.
hypothesis.settings.register_profile("placework", deadline=None, derandomize=True, database=None)
hypothesis.settings.load_profile("placework")

pytest_plugins = ["tests.browser.harness"]


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
