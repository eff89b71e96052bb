"""Shared by all tests; the fixtures themselves are in `support/`."""

from hypothesis import settings

pytest_plugins = [
    "support.today",
    "gateway.fixtures",
    "support.fixtures",
    "support.sent",
    "support.stores",
]

# A loaded machine is slow, not wrong; and the first case loads files.
settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")
