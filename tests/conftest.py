"""Shared by all tests; the fixtures themselves are in `support/`."""

pytest_plugins = ["support.fixtures", "support.stores"]
