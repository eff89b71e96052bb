"""Shared by all tests; the fixtures themselves are in `support/`."""

pytest_plugins = ["gateway.fixtures", "support.fixtures", "support.stores"]
