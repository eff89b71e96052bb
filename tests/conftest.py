"""Shared by all tests; the fixtures themselves are in `support/fixtures.py`."""

pytest_plugins = ["support.fixtures"]
