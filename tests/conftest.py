"""Fixtures of every room's tests."""

import hypothesis
import pytest
from django.core.cache import cache
from hypothesis import settings

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
