"""Generated cases have no deadline of their own: machines are shared, and the first loads files."""

from hypothesis import settings

settings.register_profile("shared-machine", deadline=None)
settings.load_profile("shared-machine")
