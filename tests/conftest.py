"""Fixtures of every room's tests."""

import pytest
from django.core.cache import cache

pytest_plugins = ["tests.browser.harness"]


@pytest.fixture(autouse=True)
def empty_cache() -> None:
    """No test meets the rate limits that another has used up."""
    cache.clear()
