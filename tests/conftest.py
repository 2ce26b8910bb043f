"""Fixtures of every room's tests."""

pytest_plugins = ["tests.browser.harness"]
