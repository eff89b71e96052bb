"""A feed of changes: published events once more, in one order, for partners with no Kafka."""

from dataclasses import dataclass, field
from datetime import datetime

from congvu_kit.domain.aggregate import Aggregate


@dataclass(kw_only=True)
class FeedHead(Aggregate):
    """Numbers the changes; being one document, it lets one writer through at a time."""

    position: int = 0


@dataclass(kw_only=True)
class FeedChange(Aggregate):
    """Id is the position with leading zeros, so that ids are in order. `payload` is the event."""

    event_type: str
    province: str
    at: datetime
    payload: dict[str, object] = field(default_factory=dict)

    @property
    def civil_servant_id(self) -> str | None:
        """Whom it tells of."""
        about = self.payload.get("civil_servant_id")
        return str(about) if about else None
