"""What use cases need of the world besides the store, made once at start."""

from dataclasses import dataclass
from typing import Protocol

from congvu_kit.application.webhooks import Receivers, Sealing


class Documents(Protocol):
    """Reads what strangers write, where that can harm nobody."""

    async def policy(self, document: str) -> str:
        """A policy in JSON or YAML, read through, as JSON in its own order. Raise `Invalid` with
        everything that is wrong with it, `RateLimited` when too many are read."""


@dataclass(frozen=True, kw_only=True)
class Needs:
    documents: Documents
    sealing: Sealing
    receivers: Receivers
