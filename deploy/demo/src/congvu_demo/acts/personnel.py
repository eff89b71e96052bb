"""The personnel system sends the commune."""

from congvu_demo.acts.world import World
from congvu_demo.client import Json

VALID_FROM = "2025-07-01"
"""The day the commune began: the two-level local government of 1 July 2025."""

REPORT = (
    "SyncReport { changed unchanged refused results { row id changed problem { message field } } }"
)
